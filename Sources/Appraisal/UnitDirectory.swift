import PipelineModel
import Warehouse

/// The units of tonight, by number and by name.
struct UnitDirectory {
    /// What a written unit stands for.
    enum Answer: Equatable {
        case unit(id: String, kind: KindOfBody)
        case unknown
        /// A name that several units bear.
        case ambiguous
    }

    private var kinds: [String: KindOfBody] = [:]
    private var names: [String: Set<String>] = [:]

    init(_ transaction: Transaction) throws {
        let places = FieldPlaces(of: .units)
        try transaction.forEachRow(of: .units) { row in
            guard let id = places.text("unit_id", in: row), let kind = places.code("kind", in: row, as: KindOfBody.self) else { return }
            kinds[id] = kind
            if let name = places.text("name", in: row) { names[name, default: []].insert(id) }
        }
    }

    /// The unit that a number or, failing that, a name stands for.
    func unit(_ written: String) -> Answer {
        if let kind = kinds[written] { return .unit(id: written, kind: kind) }
        guard let bearers = names[written] else { return .unknown }
        guard bearers.count == 1, let id = bearers.first, let kind = kinds[id] else { return .ambiguous }
        return .unit(id: id, kind: kind)
    }
}
