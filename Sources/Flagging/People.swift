import PipelineModel
import Warehouse

/// Who may be flagged, and the unit of the present post, as the analysis of the same night found it.
struct People {
    enum Standing: Equatable {
        case inService
        /// Not on the roster, or on it and not in service.
        case notInService
        case inDoubt
    }

    private var active: Set<String> = []
    private let doubtful: Set<String>
    private var units: [String: (unitID: String?, kind: KindOfBody?)] = [:]

    init(_ transaction: Transaction) throws {
        doubtful = Set(try transaction.all(DoubtfulCadre.self).map(\.cadreID))
        let places = FieldPlaces(of: .roster)
        try transaction.forEachRow(of: .roster) { row in
            guard let cadreID = places.text("cadre_id", in: row), places.code("status", in: row, as: ServiceStatus.self) ?? .active == .active else { return }
            active.insert(cadreID)
        }
        try transaction.forEach(NotJudged.self) { units[$0.cadreID] = ($0.unitID, $0.kind) }
        try transaction.forEach(PeerMember.self) { units[$0.cadreID] = ($0.unitID, $0.kind) }
    }

    func standing(of cadreID: String) -> Standing {
        if doubtful.contains(cadreID) { return .inDoubt }
        return active.contains(cadreID) ? .inService : .notInService
    }

    func unit(of cadreID: String) -> (unitID: String?, kind: KindOfBody?) { units[cadreID] ?? (nil, nil) }
}
