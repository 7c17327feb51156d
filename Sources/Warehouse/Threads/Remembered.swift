import Synchronization

/// What the first who asks for it reads, for all who ask later; whoever asks meanwhile waits for it.
package final class Remembered<Value: Sendable>: Sendable {
    private let known = Mutex<Value?>(nil)

    package init() {}

    /// What was remembered, or else what `read` gives; where it throws, nothing is remembered.
    package func value(_ read: () throws -> Value) rethrows -> Value {
        try known.withLock { known in
            if let known { return known }
            let made = try read()
            known = made
            return made
        }
    }

    /// Forgets it: what it was read from changes, or a change of that is taken back.
    package func forget() { known.withLock { $0 = nil } }
}
