import Glibc
import Synchronization
import Tables
import Warehouse

/// A file without a name for what would take too much memory while a night is read: it is gone when nobody holds it, however the process ends.
///
/// It goes through the kernel's pages, unlike kept parts: what is read back within seconds mostly never gets to the disk.
final class SpillFile: Sendable {
    private struct State {
        /// -1 before anything was written, and after the disk has refused to take more.
        var descriptor: Int32 = -1
        var bytes = 0
        /// With how many bytes it is looked again how much room the disk has.
        var nextLook = 0
        var hasEnded = false
    }

    /// How much of each part of a list is collected before it is written: of a hundred parts and four kinds of entries some 13 MB.
    static let standardPiece = 1 << 15

    /// Between two looks at the disk's room: so much at most is taken of what is to be left.
    private static let bytesBetweenLooks = 1 << 24

    let bytesInPiece: Int
    private let folder: String?
    private let bytesLeftFree: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - folder: Where it lies; `nil`: nowhere, and everything stays in memory.
    ///   - bytesInPiece: Small pieces take little memory and many calls of the system.
    ///   - bytesLeftFree: So much of the disk is left to the warehouse: what is put aside for speed must not let the night fail for want of room.
    init(in folder: String?, bytesInPiece: Int = SpillFile.standardPiece, bytesLeftFree: Int = 0) {
        (self.folder, self.bytesInPiece, self.bytesLeftFree) = (folder, bytesInPiece, bytesLeftFree)
    }

    /// Another file on the same disk, for what is not needed as long.
    func another() -> SpillFile { SpillFile(in: folder, bytesInPiece: bytesInPiece, bytesLeftFree: bytesLeftFree) }

    /// A file that is already open, and is closed with it.
    init(descriptor: Int32, bytesInPiece: Int) {
        (folder, self.bytesInPiece, bytesLeftFree) = (nil, bytesInPiece, 0)
        state.withLock { $0.descriptor = descriptor }
    }

    deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

    /// Takes bytes, where they are worth it.
    ///
    /// - Returns: Where they are; `nil` where they have to stay in memory: they are few, or the disk does not take them, which is no reason to lose a night.
    func write(_ bytes: UnsafeRawBufferPointer) -> Int? {
        if bytes.count < bytesInPiece / 8 { return nil }
        return state.withLock { state in
            if state.descriptor < 0, !state.hasEnded, let folder { state.descriptor = SpillFile.create(in: folder) }
            guard state.descriptor >= 0, !state.hasEnded, hasRoom(&state), DirectAccess.write(state.descriptor, bytes) else {
                state.hasEnded = true
                return nil
            }
            defer { state.bytes += bytes.count }
            return state.bytes
        }
    }

    /// Reads back what `write` took.
    ///
    /// - Throws: `WarehouseError.cannotStore` where the disk does not give it back.
    func read(into memory: UnsafeMutableRawBufferPointer, at place: Int) throws {
        let descriptor = state.withLock { $0.descriptor }
        let count = DirectAccess.read(descriptor, into: memory, wanted: memory.count, at: place)
        guard count == memory.count else {
            // Where the file only ends too early, `errno` speaks of something else.
            let reason = count == nil ? String(cString: strerror(errno)) : "the file has become shorter"
            throw WarehouseError.cannotStore(reason: "what was put aside on the disk cannot be read back: \(reason)")
        }
    }

    private func hasRoom(_ state: inout State) -> Bool {
        guard state.bytes >= state.nextLook, let folder else { return true }
        state.nextLook += SpillFile.bytesBetweenLooks
        return PartFile.bytesFree(in: folder).map { $0 >= bytesLeftFree } ?? true
    }

    private static func create(in folder: String) -> Int32 {
        // mkstemp puts a name that nobody has in place of the six letters, with mode 0600.
        var path = Array("\(folder)/aside-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        if descriptor >= 0 {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            unlink(path)
        }
        return descriptor
    }
}
