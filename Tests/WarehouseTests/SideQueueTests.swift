import Dispatch
import Synchronization
import Testing

@testable import Warehouse

@Suite("Work of a thread of its own")
struct SideQueueTests {
    private final class Log: Sendable {
        private let pieces = Mutex<[Int]>([])

        func add(_ piece: Int) { pieces.withLock { $0.append(piece) } }

        var all: [Int] { pieces.withLock { $0 } }
    }

    @Test("is done in the order in which it is handed over, whatever may wait", arguments: [1, 2], [1, 3, 100])
    func order(threads: Int, waiting: Int) {
        let (queue, log) = (SideQueue("test", waiting: waiting, threads: threads), Log())
        for piece in 0..<50 { queue.add { log.add(piece) } }
        queue.wait()
        #expect(log.all == Array(0..<50))
    }

    @Test("with one thread it is done when it is handed over")
    func oneThread() {
        let (queue, log) = (SideQueue("test", threads: 1), Log())
        queue.add { log.add(1) }
        #expect(log.all == [1])
    }

    @Test("with more than one who hands it over goes on, until as much is under way as may wait")
    func room() {
        let (queue, log, gate) = (SideQueue("test", waiting: 2, threads: 2), Log(), DispatchSemaphore(value: 0))
        for piece in [1, 2] {
            queue.add {
                gate.wait()
                log.add(piece)
            }
        }
        #expect(log.all.isEmpty)
        // A third piece has no room: whoever hands it over is held until the first is done.
        let third = DispatchSemaphore(value: 0)
        DispatchQueue(label: "hands over").async {
            queue.add { log.add(3) }
            third.signal()
        }
        #expect(third.wait(timeout: .now() + .milliseconds(50)) == .timedOut)
        gate.signal()
        #expect(third.wait(timeout: .now() + .seconds(60)) == .success)
        gate.signal()
        queue.wait()
        #expect(log.all == [1, 2, 3])
    }
}
