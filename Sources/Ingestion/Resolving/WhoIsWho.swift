import PipelineModel
import Warehouse

/// Who is who, as far as sources have been read: the roster, units and posts come first, and who serves where is put together once, when the others ask for it.
struct WhoIsWho {
    private let transaction: Transaction
    private let threads: Int
    private var onRoster: RowResolver?
    private var everybody: (targets: TargetResolver, rows: RowResolver)?

    /// - Parameter threads: Changes the time, and nothing else.
    init(threads: Int, in transaction: Transaction) { (self.transaction, self.threads) = (transaction, threads) }

    /// Whether the rows of a role can be resolved without reading the warehouse.
    func isKnown(to role: SourceRole) -> Bool {
        role.order < SourceRole.posts.order || (role == .posts ? onRoster != nil || everybody != nil : everybody != nil)
    }

    /// Whom rows of a role can be about: nobody while the roster is read; for posts, whoever is on the roster by number; then everybody who can be found.
    mutating func rowResolver(for role: SourceRole) throws -> RowResolver {
        if role.order < SourceRole.posts.order { return .nobody }
        if role != .posts { return try known().rows }
        let resolver = try onRoster ?? RowResolver(rosterIn: transaction)
        onRoster = resolver
        return resolver
    }

    /// Whom targets as written mean, when roster, units and posts have been read.
    mutating func targetResolver() throws -> TargetResolver { try known().targets }

    private mutating func known() throws -> (targets: TargetResolver, rows: RowResolver) {
        if let everybody { return everybody }
        // Posts have been read: some ten megabytes that nobody asks any more.
        onRoster = nil
        let targets = TargetResolver(history: try transaction.serviceHistory(), threads: threads)
        let made = (targets, RowResolver(targets))
        everybody = made
        return made
    }
}

extension SourceRole {
    /// Who serves where comes first: later sources are about these people.
    var order: Int { SourceRole.allCases.firstIndex(of: self) ?? 0 }
}
