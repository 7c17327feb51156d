/// Pieces of work that are made on several threads, and whose results are taken on the caller's thread, one at a time and in order.
///
/// The caller makes pieces too while the next result is not there, so that one thread more or less changes nothing but the time.
package struct OrderedWork<Result: Sendable>: Sendable {
    private let count: Int
    private let threads: Int
    private let ahead: Int
    private let make: @Sendable (Int) -> Result

    /// - Parameters:
    ///   - count: Pieces.
    ///   - threads: The caller's among them.
    ///   - ahead: How many pieces may be begun and not yet taken, for each thread: results wait in memory.
    ///   - make: May not depend on which thread calls it.
    package init(count: Int, threads: Int, ahead: Int = 3, _ make: @escaping @Sendable (Int) -> Result) {
        (self.count, self.threads, self.ahead, self.make) = (count, threads, ahead, make)
    }

    /// Calls `take` with the result of each piece, in the order of the pieces.
    package func forEach(_ take: (Int, Result) throws -> Void) rethrows { try begin().forEach(take) }

    /// Lets other threads begin while the caller does something else first.
    package func begin() -> Begun { Begun(self) }

    /// Work that other threads do; it ends with whoever holds it.
    package final class Begun {
        private let work: OrderedWork
        /// `nil` where one thread does it all, each piece when it is taken.
        private let pieces: OrderedPieces<Int, Result>?
        private let ahead: Int

        fileprivate init(_ work: OrderedWork) {
            self.work = work
            pieces = work.threads > 1 && work.count > 1 ? OrderedPieces(threads: work.threads, work.make) : nil
            ahead = pieces == nil ? 0 : min(work.count, work.ahead * work.threads)
            for piece in 0..<ahead { pieces?.add(piece) }
        }

        deinit { pieces?.end() }

        /// Calls `take` with the result of each piece, in the order of the pieces; once.
        package func forEach(_ take: (Int, Result) throws -> Void) rethrows {
            guard let pieces else {
                for piece in 0..<work.count { try take(piece, work.make(piece)) }
                return
            }
            defer {
                pieces.end()
                pieces.waitForHelpers()
            }
            for piece in 0..<work.count {
                let result = pieces.next()
                if piece + ahead < work.count { pieces.add(piece + ahead) }
                try take(piece, result)
            }
        }
    }
}
