import PipelineModel
import Warehouse

/// How far a target and a cadre agree on unit, name, post and day, each a level or nothing, as one number: pairs that agree alike are weighed once.
struct LinkPattern: Hashable, Sendable {
    /// In the order of `LinkComparer.comparisons`: one for each level, and one for nothing.
    private static let sizes = (
        unit: UnitAgreement.allCases.count + 1, name: NameAgreement.allCases.count + 1, post: PostAgreement.allCases.count + 1,
        date: DateAgreement.allCases.count + 1
    )
    /// How many patterns there are.
    static let count = sizes.unit * sizes.name * sizes.post * sizes.date

    let number: Int

    init(number: Int) { self.number = number }

    init(unit: Int?, name: Int?, post: Int?, date: Int?) {
        let (_, names, posts, dates) = LinkPattern.sizes
        number = (((unit ?? -1) + 1) * names + (name ?? -1) + 1) * posts * dates + ((post ?? -1) + 1) * dates + (date ?? -1) + 1
    }

    private func level(_ place: Int, of size: Int) -> Int? { place % size == 0 ? nil : place % size - 1 }

    var unit: Int? { level(number / (Self.sizes.date * Self.sizes.post * Self.sizes.name), of: Self.sizes.unit) }
    var name: Int? { level(number / (Self.sizes.date * Self.sizes.post), of: Self.sizes.name) }
    var post: Int? { level(number / Self.sizes.date, of: Self.sizes.post) }
    var date: Int? { level(number, of: Self.sizes.date) }

    /// In the order of `LinkComparer.comparisons`.
    var levels: [Int?] { [unit, name, post, date] }
}
