import PipelineModel
import Warehouse

/// A cadre in service, with the post held tonight.
struct CadreInPost {
    let entry: CadreEntry
    let tenure: Tenure
    let serviceClass: CivilServiceClass?
    let specialty: String?

    var cadreID: String { entry.cadreID }

    /// One value for each field of `FieldSet.cadreInPost`.
    func values(_ history: ServiceHistory) -> [FieldValue] {
        postValues(tenure, history) + [.category(serviceClass), .text(specialty), .date(entry.entry)]
    }
}

/// Those in service with a post tonight, for the mechanisms that ask for them: looked for by the first of these, and once.
struct SharedCadres: Sendable {
    private let cadres = Remembered<[CadreInPost]>()

    func all(_ night: TrackNight) throws -> [CadreInPost] { try cadres.value { try night.cadresInPost() } }
}

extension TrackNight {
    /// Everybody on the roster who is in service, holds a post tonight, and whose number stands for one person, by number.
    fileprivate func cadresInPost() throws -> [CadreInPost] {
        let doubtful = Set(try transaction.all(DoubtfulCadre.self).map(\.cadreID))
        var cadres: [CadreInPost] = []
        try transaction.forEachRow(of: .roster, reading: ["cadre_id", "civil_service_class", "specialty"]) { row in
            let fields = NamedFields(row, .roster)
            guard let id = fields.text("cadre_id"), !doubtful.contains(id), let entry = history.cadres[id], entry.status == .active,
                let tenure = history.post(of: id, on: asOf)
            else { return }
            cadres.append(
                CadreInPost(
                    entry: entry, tenure: tenure, serviceClass: fields.code("civil_service_class", CivilServiceClass.self), specialty: fields.text("specialty"))
            )
        }
        return cadres.sorted { $0.cadreID < $1.cadreID }
    }

    /// One value for each field of `FieldSet.heldPost`; an end that lies after tonight is not yet known.
    func heldPostValues(_ tenure: Tenure) -> [FieldValue] {
        postValues(tenure, history) + [.date(tenure.end.flatMap { isKnown($0) ? $0 : nil })]
    }

    /// The posts that a cadre has held up to tonight, by first day.
    func heldPosts(of cadreID: String) -> [Tenure] { (history.tenures[cadreID] ?? []).filter { isKnown($0.start) } }
}

/// The fields that a held post and a cadre in post have in common.
private func postValues(_ tenure: Tenure, _ history: ServiceHistory) -> [FieldValue] {
    let unit = tenure.unitID.flatMap { history.units[$0] }
    return [
        .category(unit?.kind), .text(tenure.unitID), .text(unit?.name), .text(tenure.post), .text(tenure.postType), .text(tenure.rank), .date(tenure.start),
    ]
}

extension FieldValue {
    fileprivate static func text(_ text: String?) -> FieldValue { text.map { .text($0) } ?? .missing }
    fileprivate static func date(_ day: CalendarDate?) -> FieldValue { day.map { .date($0) } ?? .missing }
    fileprivate static func category<Code: Category>(_ code: Code?) -> FieldValue {
        code.flatMap { Code.allCases.firstIndex(of: $0) }.map { .category($0) } ?? .missing
    }
}
