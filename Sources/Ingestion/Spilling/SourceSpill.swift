import Synchronization
import Warehouse

/// Puts aside what the parts of a source come to for each of their rows, in the order of the parts, on a thread of its own: whoever takes parts has enough to do, and all
/// others wait for that one.
final class SourceSpill: Sendable {
    /// What the thread has: it may still have it when nobody else asks any more.
    private final class Lists: Sendable {
        let keys: Mutex<KeySpill>
        let logs: Mutex<SourceLogs>

        init(cadres: Int, in file: SpillFile) {
            // Who stands is known when the source is read: the disk and the kernel's pages then have the room for the next one's.
            keys = Mutex(KeySpill(in: file.another()))
            logs = Mutex(SourceLogs(cadres: cadres, in: file))
        }

        func put(_ part: FactPartial, linesLater: Int) {
            keys.withLock { $0.take(part.keys, linesLater: linesLater) }
            logs.withLock { $0.take(part) }
        }
    }

    private let lists: Lists
    private let queue: SideQueue

    /// - Parameters:
    ///   - cadres: How many there are.
    ///   - threads: Changes the time, and nothing else.
    init(cadres: Int, threads: Int, in file: SpillFile) {
        lists = Lists(cadres: cadres, in: file)
        queue = SideQueue("puts aside", threads: threads)
    }

    /// Takes what a part has for each of its rows; the part keeps the rest.
    ///
    /// - Parameter linesLater: How many lines of the file lie before the part.
    func take(_ part: inout FactPartial, linesLater: Int) {
        var own = FactPartial()
        swap(&own.keys, &part.keys)
        (own.known, own.marks) = (part.known, part.marks)
        part.forgetKnown()
        queue.add { [lists, own] in lists.put(own, linesLater: linesLater) }
    }

    /// The rows that do not stand, by position.
    ///
    /// - Parameter known: Keys that were not taken.
    /// - Throws: `WarehouseError.cannotStore` where the disk does not give back what was put aside; `TablesError` where a file cannot be read again.
    func replaced(_ known: [KnownKeys], threads: Int) throws -> [KeyIndex.Replaced] {
        queue.wait()
        return try lists.keys.withLock { try $0.replaced(known, threads: threads) }
    }

    /// Whether no row came to anything that taking it back would change.
    var isEmpty: Bool {
        queue.wait()
        return lists.logs.withLock { $0.isEmpty }
    }

    /// All that rows of known cadres came to, and the places of the raters; nothing is taken afterwards.
    func end() -> (known: KnownEntries, raters: RaterPlaces) {
        queue.wait()
        return lists.logs.withLock { ($0.end(), $0.raters) }
    }
}
