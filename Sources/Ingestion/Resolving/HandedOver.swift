import Synchronization

/// A value that one thread takes from another, and that nobody has afterwards: what it is made into needs the room.
final class HandedOver<Value: Sendable>: Sendable {
    private let value: Mutex<Value?>

    init(_ value: Value) { self.value = Mutex(value) }

    /// - Precondition: Nobody has taken it.
    func take() -> Value {
        let taken = value.withLock { value in
            defer { value = nil }
            return value
        }
        guard let taken else { preconditionFailure("what is handed over is taken once") }
        return taken
    }
}
