import PipelineModel
import Warehouse

/// Who may be flagged, and the unit of the present post.
struct People {
    enum Standing: Equatable {
        case inService
        /// Not on the roster, or on it and not in service.
        case notInService
        case inDoubt
    }

    let history: ServiceHistory
    private let doubtful: Set<String>
    private let asOf: CalendarDate

    init(asOf: CalendarDate, in transaction: Transaction) throws {
        self.asOf = asOf
        history = try transaction.serviceHistory()
        doubtful = Set(try transaction.all(DoubtfulCadre.self).map(\.cadreID))
    }

    func standing(of cadreID: String) -> Standing {
        if doubtful.contains(cadreID) { return .inDoubt }
        return history.cadres[cadreID]?.status == .active ? .inService : .notInService
    }

    /// The unit of the present post, or the roster's where no post covers the day.
    func unit(of cadreID: String) -> (unitID: String?, kind: KindOfBody?) {
        let unitID = history.unit(of: cadreID, on: asOf)
        return (unitID, unitID.flatMap { history.units[$0]?.kind })
    }
}
