import PipelineModel

/// A measure by places in the row: numbers alone, because a reference would be counted for each measure of each row.
struct BoundMeasure: Sendable {
    let month: Int
    let on: Int
    /// The first step of its condition.
    let condition: Int32
    /// Below zero where rows are only counted.
    let value: Int
    let isAdverse: Bool
    /// Below zero where there is none.
    let rater: Int
}

/// How rows may name whom they are about, by places. Numbers alone: two threads that count the same reference for every row wait for one another.
struct BoundTarget: Sendable {
    let form: TargetForm
    let fields: RowParser.Joined

    /// As `TargetForm.isWritten` has it: in words, a name, or a unit and a post.
    @inline(__always)
    func isWritten(_ has: (Int) -> Bool) -> Bool {
        switch fields.count {
        case 1: has(fields.first)
        case 2: has(fields.first) && has(fields.second)
        default: has(fields.third) || (has(fields.first) && has(fields.second))
        }
    }
}
