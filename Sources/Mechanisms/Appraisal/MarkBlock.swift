import Statistics

/// What the ballots of some neighbouring cadres come to.
struct MarkBlock: Sendable {
    /// The ballots on one cadre.
    struct Person: Sendable {
        let cadreID: String
        /// Ballots in the period.
        var cast = 0
        /// Voices that count.
        var counted = 0
        /// Further ballots of these.
        var repeated = 0
        /// Ballots of raters who gave everybody the same mark.
        var straightLined = 0
        /// Where the cadre's part of `sums` ends; it starts where that of the person before ends.
        let sumsEnd: Int
        /// The same of `marks`.
        var marksEnd = 0
    }

    /// The contract that the ballots are of.
    let source: String
    private(set) var people: [Person] = []
    /// Of the marks of each voice, whether it counts or not.
    private(set) var sums: [Double] = []
    /// The mark of each voice that counts: the mean of its ballots, of a person by rater.
    private(set) var marks: [Double] = []
    /// Who gave each mark, among the raters of all sources.
    private(set) var raters: [Int32] = []

    /// - Parameters:
    ///   - numbers: By number within the source: the rater among those of all sources.
    ///   - areStraight: Whose ballots say nothing.
    ///   - scale: What marks are divided by.
    init(_ block: VoiceBlock, numbers: [Int32], areStraight: [Bool], scale: Double) {
        source = block.source
        sums = block.sums.map { Double($0) / scale }
        marks.reserveCapacity(sums.count)
        raters.reserveCapacity(sums.count)
        var order = RatingOrder(reserving: sums.count)
        for (place, own) in block.people.enumerated() {
            var person = Person(cadreID: own.cadreID, sumsEnd: own.voices.upperBound)
            for voice in own.voices {
                let (rater, count) = (numbers[block.raters[voice]], block.counts[voice])
                person.cast += count
                if areStraight[Int(rater)] {
                    person.straightLined += count
                } else {
                    person.counted += 1
                    person.repeated += count - 1
                    order.add(target: place, rater: rater, place: voice)
                }
            }
            person.marksEnd = order.places.count
            people.append(person)
        }
        order.sort()
        for voice in order.places {
            let place = Int(voice.place)
            raters.append(voice.rater)
            marks.append(Double(block.sums[place]) / Double(block.counts[place]) / scale)
        }
    }
}
