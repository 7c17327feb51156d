import Dispatch

/// Work that a thread of its own does, in the order in which it is handed over, while whoever hands it over goes on.
///
/// The thread is beside those that compute: work that waits for the disk keeps none of them from theirs.
package final class SideQueue: Sendable {
    /// `nil`: all is done by whoever hands it over.
    private let queue: DispatchQueue?
    private let room: DispatchSemaphore

    /// - Parameters:
    ///   - waiting: How many pieces may be under way; who hands over one more waits, because what waits is in memory.
    ///   - threads: With one, work is done where it is handed over. Changes the time alone.
    package init(_ label: String, waiting: Int = 1, threads: Int) {
        queue = threads > 1 ? DispatchQueue(label: label) : nil
        room = DispatchSemaphore(value: waiting)
    }

    package func add(_ work: @escaping @Sendable () -> Void) {
        guard let queue else { return work() }
        room.wait()
        queue.async { [room] in
            work()
            room.signal()
        }
    }

    /// Waits until all that was handed over is done.
    package func wait() { queue?.sync {} }
}
