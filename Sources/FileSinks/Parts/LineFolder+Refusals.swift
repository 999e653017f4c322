import RecordingHost
import RecordingKit

extension LineFolder {
    /// The way out when files are not what the ledger says.
    static let repair = "put it back, or run `tapedeck repair`, which rebuilds the ledger from the files"

    /// Runs a call on a file and says which file it was about when it fails.
    func attempt<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw failure(error, name)
        }
    }

    /// What a failure means and what to do.
    func failure(_ error: any Error, _ name: String) -> TapedeckError {
        switch error {
        case let error as TapedeckError: error
        case let error as SystemError: failure(error, name)
        case CompressionError.damaged: refusal("\(shown(name)) is damaged, it cannot be decompressed: \(Self.repair)")
        case CompressionError.unavailable:
            refusal("\(shown(name)) cannot be compressed: there is not enough memory: free some and run again")
        default: refusal("\(shown(name)) failed: run again, and report it if it stays")
        }
    }

    /// What a failed system call means and what to do.
    func failure(_ error: SystemError, _ name: String) -> TapedeckError {
        let shown = shown(name)
        if error.isFullDisk {
            return refusal("the disk is full, \(shown) could not be written: free space and run again; nothing is lost")
        }
        if error.isFullQuota {
            return refusal(
                "the disk quota is used up, \(shown) could not be written: free space and run again; nothing is lost"
            )
        }
        if error.isSizeLimit {
            return refusal(
                "\(shown) would grow beyond the largest size allowed: raise the limit, or begin a new folder"
            )
        }
        if error.isSymbolicLink {
            return refusal("\(shown) is a symbolic link: put the file itself there, or choose another folder")
        }
        if error.isFolder { return notAFile(name) }
        if error.isReadOnly {
            return refusal(
                "\(shown) may not be written, its file system is for reading only: check how that is mounted"
            )
        }
        if error.isDenied {
            return refusal("\(shown) may not be written: check the owner and permissions of the file and of its folder")
        }
        return refusal("\(shown) failed: \(error); check the disk and the folder, and run again")
    }

    /// A refusal in words.
    func refusal(_ reason: String) -> TapedeckError { TapedeckError(.sinkFailed, reason) }

    /// The refusal of what is no ordinary file.
    func notAFile(_ name: String) -> TapedeckError {
        refusal("\(shown(name)) is not an ordinary file: move it away, or choose another folder")
    }

    /// The refusal of a file that the ledger has never seen.
    func stranger(_ name: String, _ length: Int64) -> TapedeckError {
        refusal(
            "\(shown(name)) already holds \(length) bytes that this ledger knows nothing of: "
                + "if the ledger was lost or removed, run `tapedeck repair`, which makes it anew from the files; "
                + "else move the file away, or use the ledger that wrote it"
        )
    }

    /// The refusal of a file that was changed since the last commit.
    func changed(_ name: String) -> TapedeckError {
        refusal(
            "\(shown(name)) was changed since the last run, by hand or by another program: \(Self.repair)"
        )
    }

    /// The refusal of text behind the last commit that no run wrote.
    func addition(_ name: String, line: Int?) -> TapedeckError {
        let place = line.map { ", line \($0)," } ?? ""
        return refusal(
            "\(shown(name))\(place) holds something that was added since the last run and is no record of this program: "
                + "move it to another file, and run again"
        )
    }

    /// The refusal of far more records than a killed run leaves.
    func surplus(_ name: String, _ length: Int64) -> TapedeckError {
        refusal(
            "\(shown(name)) holds \(length) bytes of records more than the ledger knows of, as when an older ledger was put back: "
                + "use the newest ledger, or run `tapedeck repair`, which rebuilds the ledger from the files"
        )
    }

    /// The file as people are shown it: with its folder's name and no more of the path.
    func shown(_ name: String) -> String { "\(FilePath.name(path))/\(name)" }
}
