import Crypto
import FoundationEssentials

/// The names under which a part of an export is kept, and the keys that what is kept is locked with: all are made of the part's own bytes.
///
/// So a part can be found, and opened, by whoever holds that very piece of the export, and knows all of it already; to everybody else what is kept is noise. Nothing
/// that the warehouse deliberately forgets, such as who gave whom which mark, can be learned from what is kept for speed. Where the pipeline has a secret of its own,
/// it goes into the key as well, so that whoever knows all but one cell of a part cannot try what the cell may say.
///
/// - Source: Bellare, Keelveedhi and Ristenpart, "Message-Locked Encryption and Secure Deduplication", EUROCRYPT 2013; HKDF of RFC 5869; AES-GCM with a nonce by chance.
struct PartSeal: Sendable {
    /// What is kept of a part: its rows by themselves, because the warehouse mostly has them already, and its keys, because mostly nobody asks for them (`KeyLedger`).
    enum Content { case account, rows, keys }

    private let (account, rows, keys): (Lock, Lock, Lock)

    private struct Lock {
        let name: String
        let key: SymmetricKey
    }

    /// How many characters a name has.
    static let nameLength = 2 * SHA256.byteCount

    /// - Parameters:
    ///   - context: All that reading the part depends on but for its bytes and the night.
    ///   - secret: The pipeline's own; empty where it has none.
    init(context: String, bytes: [UInt8], secret: String) {
        var hash = SHA256()
        hash.update(data: Array("\(context.utf8.count)\n\(context)\n".utf8))
        hash.update(data: bytes)
        let material = SymmetricKey(data: hash.finalize())
        func derived(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: material, salt: Array(secret.utf8), info: Array(purpose.utf8), outputByteCount: SHA256.byteCount)
        }
        func lock(_ content: String) -> Lock {
            Lock(name: derived("name of \(content)").withUnsafeBytes(FileDigest.hexadecimal), key: derived("content of \(content)"))
        }
        (account, rows, keys) = (lock("a part"), lock("the rows of a part"), lock("the keys of a part"))
    }

    /// As it was stored.
    init(from reader: inout PartReader) throws(PartReader.Fault) {
        func lock() throws(PartReader.Fault) -> Lock { Lock(name: try reader.text(), key: SymmetricKey(data: try reader.entries(of: UInt8.self))) }
        (account, rows, keys) = (try lock(), try lock(), try lock())
    }

    /// For whoever may open the part.
    func store(in writer: inout PartWriter) {
        for lock in [account, rows, keys] {
            writer.put(lock.name)
            writer.put(lock.key.withUnsafeBytes { Array($0) })
        }
    }

    private func lock(_ content: Content) -> Lock {
        switch content {
        case .account: account
        case .rows: rows
        case .keys: keys
        }
    }

    /// In hexadecimal; it says nothing of the key.
    func name(_ content: Content) -> String { lock(content).name }

    /// Locks what a part came to; `nil` where there is no chance to be had.
    func locked(_ bytes: [UInt8], _ content: Content) -> Data? { try? AES.GCM.seal(bytes, using: lock(content).key).combined }

    /// What was locked; `nil` where the bytes are not whole, or were locked with another key.
    func opened(_ bytes: Data, _ content: Content) -> Data? {
        guard let box = try? AES.GCM.SealedBox(combined: bytes) else { return nil }
        return try? AES.GCM.open(box, using: lock(content).key)
    }
}
