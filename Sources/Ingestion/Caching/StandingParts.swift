import Synchronization

/// Which parts of a source have rows that the warehouse holds already, as far as it can be told while they are read: where a part lies tonight is known when those before
/// it have been taken.
final class StandingParts: Sendable {
    private let identities: Set<String>
    private let movedFiles = Mutex<Set<Int>>([])

    init(_ identities: Set<String>) { self.identities = identities }

    /// Whether the rows of a part need not be at hand.
    func mayStand(_ identity: String?, file: Int) -> Bool {
        guard let identity, identities.contains(identity) else { return false }
        return movedFiles.withLock { !$0.contains(file) }
    }

    /// Notes that parts of a file lie elsewhere than they did.
    func noteMoved(file: Int) { movedFiles.withLock { _ = $0.insert(file) } }
}
