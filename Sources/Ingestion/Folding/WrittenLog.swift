import PipelineModel

/// What the rows of a part of a file add, by targets and raters as written: it knows nothing of the roster, of the night, or of what stands before the part.
///
/// Whom the targets mean is looked up once for each, when the part is read (`resolved`); who is on the roster tonight changes nothing here.
struct WrittenLog: Sendable {
    /// The measures that a row counts in, in one month, without adding a value.
    struct Count: Sendable {
        /// Among the targets of the log.
        let target: Int32
        /// On which the target's holder is looked for; `noDay` where it is a cadre's own number.
        let day: Int32
        let month: Int16
        /// Measures are taken by 32: this is which 32.
        let bank: Int16
        /// A bit for each measure of the bank.
        var measures: UInt32
    }

    /// What a row adds to a measure of values, beside one to its count.
    struct Value: Sendable {
        let value: Int64
        let target: Int32
        let day: Int32
        let month: Int32
        let measure: Int32
    }

    /// A mark that a rater gave: the one at the same place among the raters.
    struct Mark: Sendable {
        let target: Int32
        let day: Int32
        let value: Int32
        let month: Int16
        let measure: Int16
    }

    /// A target and a day on which rows name it: how many, and which was the first.
    struct Sighting: Sendable {
        let target: Int32
        let day: Int32
        let firstLine: Int32
        var rows: Int32
    }

    /// Whom a row that is kept is about.
    struct About: Sendable {
        /// Below zero where it names nobody.
        let target: Int32
        let day: Int32
    }

    /// Targets as written.
    var targets = TargetList()
    /// Of the marks, in their order, as often as they gave one: there are more of them than the cache has room for, and looking for each of a part's gains little.
    var raters = TargetList()
    var counts: [Count] = []
    var values: [Value] = []
    var marks: [Mark] = []
    /// Its targets are those of the log.
    var evidence = EvidenceLog()
    var sightings: [Sighting] = []
    /// Of the rows that are kept, in their order.
    var abouts: [About] = []
    var keys = KeyIndex()
    /// Of the days that tell how fresh an export is, the newest that has come. A day after tonight is a plan or a slip, and makes no export fresh before it comes.
    var newestDay = FactPartial.noDay
    /// The others of these days, each once.
    var daysToCome: Set<Int32> = []
    var undatedRows = 0

    /// Gives back what growing has reserved and nobody used, of what a part has for each of its rows.
    mutating func trim() {
        raters.trim()
        counts.trim()
        values.trim()
        marks.trim()
        abouts.trim()
    }
}

/// Writes down what rows add, one by one.
struct LogWriter {
    private var log = WrittenLog()
    private var targets = TargetTable()
    /// Targets and the days on which they were named; of each, the place of its sighting.
    private var sighted = PlaceTable()
    private var sightingOfDay: [Int32] = []
    /// By target, the place of its sighting without a day; below zero where there is none.
    private var sightingOfTarget: [Int32] = []

    /// All that was written down.
    consuming func finished() -> WrittenLog {
        log.targets = targets.list
        log.keys.trim()
        return log
    }

    /// The place of a target as written.
    @inline(__always)
    mutating func intern(_ form: TargetForm, _ text: UnsafeBufferPointer<UInt8>) -> Int32 { targets.intern(form, text) }

    @inline(__always)
    mutating func add(_ count: WrittenLog.Count) { log.counts.append(count) }

    @inline(__always)
    mutating func add(_ value: WrittenLog.Value) { log.values.append(value) }

    @inline(__always)
    mutating func mark(_ target: Int32, on day: Int32, by rater: UnsafeBufferPointer<UInt8>, month: Int32, measure: Int, value: Int64) {
        log.raters.append(.cadre, rater, hash: TargetTable.hash(.cadre, rater))
        log.marks.append(
            WrittenLog.Mark(
                target: target, day: day, value: Int32(value), month: Int16(truncatingIfNeeded: month), measure: Int16(truncatingIfNeeded: measure)))
    }

    @inline(__always)
    mutating func sight(_ target: Int32, on day: Int32, line: Int32) {
        let place = sighting(of: target, on: day)
        if place == log.sightings.count {
            log.sightings.append(WrittenLog.Sighting(target: target, day: day, firstLine: line, rows: 1))
        } else {
            log.sightings[place].rows += 1
        }
    }

    /// The place of a sighting; the next one where it is new.
    @inline(__always)
    private mutating func sighting(of target: Int32, on day: Int32) -> Int {
        // A number means the same on every day: nothing need be looked up.
        guard day == FactPartial.noDay else {
            let (place, isNew) = sighted.place(PlaceTable.Key(first: target, second: day, third: 0))
            if isNew { sightingOfDay.append(Int32(truncatingIfNeeded: log.sightings.count)) }
            return Int(sightingOfDay[place])
        }
        while sightingOfTarget.count <= Int(target) { sightingOfTarget.append(-1) }
        if sightingOfTarget[Int(target)] < 0 { sightingOfTarget[Int(target)] = Int32(truncatingIfNeeded: log.sightings.count) }
        return Int(sightingOfTarget[Int(target)])
    }

    mutating func beginEvidence(_ position: Position, target: Int32, day: Int32, recordID: UnsafeBufferPointer<UInt8>, reform: UnsafeBufferPointer<UInt8>) {
        log.evidence.begin(position, target: target, day: day, recordID: recordID, reform: reform)
    }

    mutating func addToEvidence(_ increment: FactPartial.Increment) { log.evidence.add(increment) }

    @inline(__always)
    mutating func keep(_ about: WrittenLog.About) { log.abouts.append(about) }

    @inline(__always)
    mutating func note(key: RecordHash, at position: Position) { log.keys.insert(key, at: position) }

    /// Notes a day that tells how fresh the export is.
    ///
    /// - Parameter night: The day's number of the night.
    @inline(__always)
    mutating func note(fresh day: Int32, on night: Int32) {
        if day <= night { log.newestDay = max(log.newestDay, day) } else { log.daysToCome.insert(day) }
    }

    mutating func noteUndatedRow() { log.undatedRows += 1 }
}
