import PipelineModel

/// One post of one cadre, from one day to another.
struct Tenure: Hashable {
    var start: CalendarDate
    /// The last day; `nil` while it lasts.
    var end: CalendarDate?
    /// As written: id or name; `nil`: the roster's unit.
    var unit: String?
    var post: String?
    var postType: String?
    var rank: String?

    func covers(_ day: CalendarDate) -> Bool { start <= day && end.map { day <= $0 } ?? true }

    /// The post that a cadre holds on a day.
    ///
    /// - An open tenure closes the day before the next later start of the same cadre: exports often leave the last day blank.
    ///   Two open tenures from the same day are two posts held at once, and neither closes the other.
    /// - A tenure that ends before it starts covers nothing.
    /// - Rows of the same unit and title that touch or overlap are one tenure: a change of rank or a renewed appointment within a post
    ///   does not start the post anew. Type and rank are those of the latest of these rows.
    /// - Of several posts on the day, the present one is that which started last; of these one that lasts longer, then the first by title and unit.
    static func present(of tenures: [Tenure], on day: CalendarDate) -> Tenure? {
        let closed = close(tenures.filter { tenure in tenure.end.map { $0 >= tenure.start } ?? true })
        let candidates = closed.filter { $0.covers(day) }.map { (row: $0, post: join($0, with: closed)) }
        let present = candidates.min { left, right in
            // When the post as a whole started decides, not when its last row did.
            if left.post.start != right.post.start { return left.post.start > right.post.start }
            if left.row.start != right.row.start { return left.row.start > right.row.start }
            return isPreferred(left.row, to: right.row)
        }
        return present?.post
    }

    /// The tenures by start, with their open ends closed.
    private static func close(_ tenures: [Tenure]) -> [Tenure] {
        var closed: [Tenure] = []
        var laterStart: CalendarDate?
        for tenure in tenures.sorted(by: { $0.start > $1.start }) {
            if let last = closed.last, last.start > tenure.start { laterStart = last.start }
            var tenure = tenure
            if tenure.end == nil { tenure.end = laterStart?.adding(days: -1) }
            closed.append(tenure)
        }
        return closed.reversed()
    }

    private static func join(_ tenure: Tenure, with others: [Tenure]) -> Tenure {
        var joined = tenure
        for other in others.reversed() where other.unit == tenure.unit && other.post == tenure.post && other.start < joined.start {
            if let end = other.end, end.adding(days: 1) < joined.start { continue }
            joined.start = other.start
        }
        return joined
    }

    private static func isPreferred(_ left: Tenure, to right: Tenure) -> Bool {
        if left.end != right.end {
            guard let leftEnd = left.end else { return true }
            guard let rightEnd = right.end else { return false }
            return leftEnd > rightEnd
        }
        let (a, b) = ([left.post, left.unit, left.postType, left.rank], [right.post, right.unit, right.postType, right.rank])
        return a.map { $0 ?? "" }.lexicographicallyPrecedes(b.map { $0 ?? "" })
    }
}
