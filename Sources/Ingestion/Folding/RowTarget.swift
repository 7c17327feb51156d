/// Whom one row is about: looked for at most once for each day that its measures ask of, and interned as written only where nobody is known.
struct RowTarget {
    private let written: FactFold.Written
    private var place: Int32 = -1
    private var (asked, found): (Int32?, Int32) = (nil, -1)

    init(_ written: FactFold.Written) { self.written = written }

    /// The place among all cadres of whoever is meant on a day; below zero where that is nobody for certain.
    @inline(__always)
    mutating func cadre(on day: Int32, _ memory: borrowing ReadingMemory) -> Int32 {
        if asked == day { return found }
        (asked, found) = (day, memory.cadre(written.meaning, on: day))
        return found
    }

    /// The place among the targets as written.
    @inline(__always)
    mutating func place(in partial: inout FactPartial) -> Int32 {
        if place < 0 { place = partial.intern(written.form, written.text) }
        return place
    }
}
