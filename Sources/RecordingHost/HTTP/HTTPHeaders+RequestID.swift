import RecordingKit

extension HTTPHeaders {
    /// The platform's id of the request in the field `name`, when it looks like one: nothing else that a server sends is repeated
    /// in an error.
    func requestID(in name: String?) -> String? {
        guard let name, let value = self[name], !value.isEmpty, value.utf8.count <= 128 else { return nil }
        let isWellFormed = value.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "-_.:/=, ".utf8.contains(byte)
            }
        }
        return isWellFormed ? value : nil
    }
}
