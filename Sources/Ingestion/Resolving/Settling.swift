import Synchronization
import Warehouse

/// Puts in order what rows of known cadres came to, beside whatever else is done.
///
/// What it is made of is let go as soon as it is not needed: tens of millions of entries would otherwise be in memory twice.
final class Settling: Sendable {
    private struct Logs: Sendable {
        let known: CadreLog
        let marks: RatingLog
        let raters: [TargetTable]
    }

    private let work: SideWork<(RaterNumbers, KnownByCadre)>

    init(_ known: CadreLog, _ marks: RatingLog, raters: [TargetTable], cadres: Int, threads: Int) {
        let logs = HandedOver(Logs(known: known, marks: marks, raters: raters))
        work = SideWork(1, threads: threads) { _ in
            // Nothing in place of what was read would be facts of nobody, and no error.
            guard let logs = logs.take() else { preconditionFailure("what was read is put in order once") }
            let numbers = RaterNumbers(logs.marks, written: logs.raters)
            return (numbers, KnownByCadre(logs.known, logs.marks, numbers, cadres: cadres))
        }
    }

    var result: (RaterNumbers, KnownByCadre) {
        guard let result = work.results().first else { preconditionFailure("one piece of work has one result") }
        return result
    }
}

/// A value that one thread takes from another, and that nobody has afterwards.
private final class HandedOver<Value: Sendable>: Sendable {
    private let value: Mutex<Value?>

    init(_ value: Value) { self.value = Mutex(value) }

    func take() -> Value? {
        value.withLock { value in
            defer { value = nil }
            return value
        }
    }
}
