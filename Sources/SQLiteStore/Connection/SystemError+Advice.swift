import RecordingHost

extension SystemError {
    /// What to do about a database's file that the system refuses.
    var advice: String {
        if isFullDisk || isFullQuota { return "free space and run again, nothing is lost" }
        if isReadOnly { return "check how the file system is mounted" }
        if isDenied { return "check the owner and permissions of the file and of its folder" }
        if isSymbolicLink { return "put the file itself there, or choose another path" }
        return "check the disk and the file's folder, and run again"
    }
}
