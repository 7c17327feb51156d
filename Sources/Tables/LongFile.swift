import Dispatch
import Glibc
import Synchronization

/// What takes the bytes of a file, in their order.
protocol ByteSink: AnyObject {
    var path: String { get }
    /// - Throws: ``TablesError/cannotWrite(path:errno:)``.
    func write(_ bytes: [UInt8]) throws(TablesError)
    /// Takes no more. A sink that writes beside its caller is not done by then.
    func close() throws(TablesError)
}

/// A file that is written while whoever makes its bytes goes on: by a thread of its own, and past the kernel's pages where it is long.
///
/// Pages cost more to get and to fill than the disk takes to write them, and nobody reads a long table in the minutes after it was written.
public final class LongFile: Sendable, ByteSink {
    fileprivate struct State: ~Copyable {
        let file: FileSink
        /// Bytes that are not yet in the file, the first `filled` of it; so much is written at a time.
        var memory: UnsafeMutableRawBufferPointer?
        var filled = 0
        var isDirect = false
        var failure: TablesError?

        deinit { memory?.deallocate() }
    }

    let path: String
    private let state: Mutex<State>
    private let observe: @Sendable (UnsafeRawBufferPointer) -> Void
    /// `nil`: bytes are written where they are handed over.
    private let queue: DispatchQueue?
    /// For pieces that wait: they are in memory.
    private let room = DispatchSemaphore(value: LongFile.mostWaiting)

    private static let mostWaiting = 4
    fileprivate static let bytesPerWrite = 1 << 20

    /// Makes the file at `path`, or empties it; readable by its owner only.
    ///
    /// - Parameters:
    ///   - threads: With one, bytes are written where they are handed over. Changes the time, and no byte.
    ///   - observe: Called with all bytes, in their order, by whoever writes them.
    /// - Throws: ``TablesError/cannotWrite(path:errno:)``.
    public init(path: String, threads: Int, observe: @escaping @Sendable (UnsafeRawBufferPointer) -> Void) throws(TablesError) {
        (self.path, self.observe) = (path, observe)
        state = Mutex(State(file: try FileSink(path: path)))
        queue = threads > 1 ? DispatchQueue(label: "writes a long file") : nil
    }

    /// Hands bytes over.
    ///
    /// - Throws: What went wrong with those before them.
    func write(_ bytes: [UInt8]) throws(TablesError) {
        if let failure = state.withLock({ $0.failure }) { throw failure }
        guard let queue else {
            bytes.withUnsafeBytes(observe)
            let failure = state.withLock { state in
                state.attempt { file throws(TablesError) in try file.write(bytes) }
                return state.failure
            }
            if let failure { throw failure }
            return
        }
        room.wait()
        queue.async { [self] in
            bytes.withUnsafeBytes(observe)
            state.withLock { $0.add(bytes) }
            room.signal()
        }
    }

    /// Nothing: ``finish()`` does it, on whatever thread waits for the disk.
    func close() {}

    /// Waits until all that was handed over is on the disk, and closes the file.
    ///
    /// - Throws: ``TablesError/cannotWrite(path:errno:)``; the file is not whole then.
    public func finish() throws(TablesError) {
        queue?.sync {}
        let failure = state.withLock { state in
            state.finish()
            return state.failure
        }
        if let failure { throw failure }
    }
}

extension LongFile.State {
    /// Does something with the file, unless something has failed before.
    fileprivate mutating func attempt(_ body: (FileSink) throws(TablesError) -> Void) {
        guard failure == nil else { return }
        do throws(TablesError) {
            try body(file)
        } catch {
            failure = error
        }
    }

    /// Takes bytes, and writes as many as make whole pieces.
    fileprivate mutating func add(_ bytes: [UInt8]) {
        var taken = 0
        while taken < bytes.count, failure == nil {
            let memory = memory ?? DirectAccess.allocate(LongFile.bytesPerWrite)
            self.memory = memory
            let count = min(bytes.count - taken, memory.count - filled)
            bytes.withUnsafeBytes { memory[filled...].copyBytes(from: $0[taken..<taken + count]) }
            (taken, filled) = (taken + count, filled + count)
            guard filled == memory.count else { continue }
            // A file that is shorter is best left to the kernel.
            if !isDirect { file.turnDirectAccess(on: true) }
            isDirect = true
            writeFilled()
        }
    }

    private mutating func writeFilled() {
        guard let memory, filled > 0 else { return }
        let bytes = UnsafeRawBufferPointer(rebasing: memory[..<filled])
        attempt { file throws(TablesError) in try file.writeBlocks(bytes) }
        filled = 0
    }

    /// Writes what is left and brings all of it to the disk; closes the file, whatever went wrong before.
    fileprivate mutating func finish() {
        // What is left is no whole block.
        if isDirect { file.turnDirectAccess(on: false) }
        writeFilled()
        attempt { file throws(TablesError) in try file.close() }
    }
}
