/// A piece of what a night writes, made by one thread while others make other pieces.
enum ExportPiece {
    /// Reads who is on the lists, for all that name people.
    case whoIsOnLists
    /// Writes the table at a place of the catalogue.
    case table(Int, asksWhoIsOnLists: Bool)
    case unitFolders
    case report

    /// Tables with rows by the hundred thousand, the longest first: begun late, one of them is written by one thread while the others have nothing left to do.
    static let longTables = ["indicator_estimates", "indicator_observations", "unresolved_targets", "scorecards"]
    /// Of these, those that say of a cadre no more than the number: they can be begun before it is known who is on the lists.
    static let tablesOfNumbers = ["indicator_estimates", "indicator_observations"]

    /// All pieces, in the order in which they are begun.
    ///
    /// - Parameter tables: Their names, in the catalogue's order.
    static func inOrder(of tables: [String]) -> [ExportPiece] {
        let long = longTables.compactMap { name in tables.firstIndex(of: name) }
        var order = (long + tables.indices.filter { !long.contains($0) }).map { place in
            ExportPiece.table(place, asksWhoIsOnLists: !tablesOfNumbers.contains(tables[place]))
        }
        // While one thread reads who is on the lists, another begins with the longest table. Thousands of small files wait for the disk, one by one, while the other tables are made.
        order.insert(contentsOf: [.unitFolders, .report], at: min(1, order.count))
        return [.whoIsOnLists] + order
    }

    /// Whether it may be begun only when it is known who is on the lists.
    var asksWhoIsOnLists: Bool {
        switch self {
        case .whoIsOnLists: false
        case .table(_, let asks): asks
        case .unitFolders, .report: true
        }
    }

    /// Where its files stand in the manifest: the tables in their own order, then the units' folders and the report.
    var placeInManifest: Int {
        switch self {
        case .whoIsOnLists: -1
        case .table(let place, _): place
        case .unitFolders: .max - 1
        case .report: .max
        }
    }
}
