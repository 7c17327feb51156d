import Foundation
import PipelineModel
import Warehouse

/// A cadre as the analysis leaves them, on two indicators that are independent among peers (R = 1), so that every posterior can be worked out by hand:
/// `quality`, a mean (μ 80, σ 5, more is better, weight 0.6), and `petitions`, a rate (μ log 0.1, σ 1, less is better, weight 0.4, dispersion 1.5).
struct Judged {
    var id: String
    /// Mean of ten marks with variance 40 within: v = 4.
    var quality: Double
    /// Mean as it was given, where severe raters gave it and `quality` is what is left of it without their severity.
    var plainQuality: Double?
    /// Petitions in twelve months.
    var petitions: Double = 1
    var kind: KindOfBody = .county
    /// Instead of what follows from the observations.
    var concern: Double?
    var outstanding: Double?
    var postStart = CalendarDate(year: 2020, month: 1, day: 1)!
    var postType: String?
    var previousConcern: Double?
    var previousPost: (concern: Double, betterBefore: Double)?
    /// The line of concern, c = −1.2816 · √(0.36 + 0.16).
    static let line = -1.2815515655446004 * 0.52.squareRoot()

    init(_ id: String, quality: Double = 80, petitions: Double = 1, concern: Double? = nil) {
        (self.id, self.quality, self.petitions, self.concern) = (id, quality, petitions, concern)
    }

    /// θ of quality: prior N(0, 1), x̄ ~ N(80 + 5θ, 4): precision 1 + 25/4.
    var qualityPosterior: (mean: Double, variance: Double) { (5 / 4 * (quality - 80) / 7.25, 1 / 7.25) }

    /// θ of petitions: the mode of −θ²/2 + (y(log 0.1 − θ) − 1.2 exp(−θ)) / 1.5 by bisection of its slope, the inverse curvature V there, and the mean,
    /// which lies ½ V² ℓ‴ beside the mode; ℓ‴ = 0.8 exp(−θ).
    var petitionsPosterior: (mean: Double, variance: Double) {
        var (low, high) = (-20.0, 20.0)
        while high - low > 1e-13 {
            let middle = (low + high) / 2
            if -middle - petitions / 1.5 + 0.8 * exp(-middle) > 0 { low = middle } else { high = middle }
        }
        let variance = 1 / (1 + 0.8 * exp(-low))
        return (low + variance * variance * 0.8 * exp(-low) / 2, variance)
    }

    var mean: Double { 0.6 * qualityPosterior.mean + 0.4 * petitionsPosterior.mean }
    var deviation: Double { (0.36 * qualityPosterior.variance + 0.16 * petitionsPosterior.variance).squareRoot() }
    var probability: Double { concern ?? erfc(-(Judged.line - mean) / deviation / 2.0.squareRoot()) / 2 }
    var card: ScorecardRecord {
        ScorecardRecord(
            window: .current, cadreID: id, kind: kind, groupID: "g", mean: mean, deviation: deviation, line: Judged.line, concern: probability,
            outstanding: outstanding ?? erfc((-Judged.line - mean) / deviation / 2.0.squareRoot()) / 2, indicatorsObserved: 2)
    }
}

/// A petition that was found true.
struct PetitionRow {
    var recordID: String?
    var cadreID: String
    var day: CalendarDate
    /// Taken out by a protection.
    var isExcluded = false
}

extension Night {
    /// A night of people judged by the model, who are all in service in the unit `U1`.
    init(judging people: [Judged]) throws {
        try self.init()
        pipeline.triggers = []
        pipeline.indicators = [
            Indicator(
                id: "quality", label: BilingualText(chinese: "质量", english: "Quality"), dimension: .achievement, observation: .mean(values: "tasks.quality"),
                moreIsBetter: true),
            Indicator(
                id: "petitions", label: BilingualText(chinese: "信访", english: "Petitions"), dimension: .conduct,
                observation: .ratePerMonth(events: "petitions.substantiated"), moreIsBetter: false),
        ]
        var contract = SourceContract(name: "petitions_export", role: .petitions, pattern: "petitions.csv")
        contract.measures = [Measure(name: "petitions.substantiated", month: "closed", adverse: true)]
        pipeline.sources = [[contract]]
        judged = people
        for person in people where !["A", "B"].contains(person.id) { try addCadre(person.id) }
    }

    mutating func addPetition(_ recordID: String?, _ cadreID: String, _ day: String, isExcluded: Bool = false) {
        petitions.append(PetitionRow(recordID: recordID, cadreID: cadreID, day: CalendarDate(iso: day)!, isExcluded: isExcluded))
    }

    /// What the analysis would have left of the judged.
    func insertAppraisal(_ transaction: Transaction) throws {
        guard !judged.isEmpty else { return }
        try transaction.insert([
            PeerGroupRecord(groupID: "g", kind: .county, grouping: .scheme, rankBand: nil, postType: nil, size: judged.count, finestGroups: 1, mergedFrom: "")
        ])
        try transaction.insert(
            judged.map {
                PeerMember(
                    cadreID: $0.id, groupID: "g", kind: $0.kind, unitID: "U1", post: "科长", postType: $0.postType, rank: nil, rankBand: "other",
                    postStart: $0.postStart, exposureMonths: 12)
            })
        for (indicator, location, spread, dispersion) in [("quality", 80.0, 5.0, 1.0), ("petitions", log(0.1), 1.0, 1.5)] {
            try transaction.insert([
                GroupFitRecord(
                    window: .current, groupID: "g", indicator: indicator, people: judged.count, location: location, spread: spread,
                    ownSpread: spread, dispersion: dispersion, convergence: .converged, goodness: 1)
            ])
        }
        for kind in Set(judged.map(\.kind)).sorted(by: { $0.rawValue < $1.rawValue }) {
            try transaction.insert([
                CorrelationRecord(window: .current, kind: kind, first: "petitions", second: "quality", correlation: 0, iterations: 1, converged: true)
            ])
        }
        for person in judged {
            try transaction.insert([person.card])
            if let concern = person.previousConcern {
                var card = person.card
                (card.window, card.concern) = (.previous, concern)
                try transaction.insert([card])
            }
            if let post = person.previousPost {
                try transaction.insert([
                    PreviousPostRecord(
                        cadreID: person.id, unitID: "U1", post: "p", postType: "t", groupID: "g", start: person.postStart.adding(days: -500),
                        end: person.postStart.adding(days: -1), exposureMonths: 12, mean: 0, deviation: 1, concern: post.concern,
                        betterBefore: post.betterBefore)
                ])
            }
        }
        let ordered = judged.sorted { $0.id < $1.id }
        try transaction.insert(ordered.flatMap(\.observations))
        try transaction.insert(ordered.flatMap(\.estimates))
        try insertPetitions(transaction)
        guard !marks.isEmpty else { return }
        let sorted = marks.sorted { ($0.cadreID, $0.measure, $0.month) < ($1.cadreID, $1.measure, $1.month) }
        try transaction.replaceFacts { builder in for mark in sorted { try builder.add(mark) } }
    }

    private func insertPetitions(_ transaction: Transaction) throws {
        try transaction.insert([MeasureRecord(measure: "petitions.substantiated", decimals: 0), MeasureRecord(measure: "tasks.quality", decimals: 2)])
        let file = fileID(of: .petitions)
        try transaction.replaceEvidence { builder in
            for (index, row) in petitions.enumerated() {
                try builder.add(
                    EvidenceRecord(
                        source: "petitions_export", role: .petitions, fileID: file, line: index + 2, recordID: row.recordID, cadreID: row.cadreID,
                        eventDate: row.day),
                    ["petitions.substantiated", "tasks.quality"].map {
                        EvidenceIncrement(measure: $0, month: row.day.month, count: 1, sum: 0, sumOfSquares: 0)
                    })
            }
        }
        for (index, row) in petitions.enumerated() where row.isExcluded {
            try transaction.insert([
                ExclusionRecord(
                    number: index + 1, cadreID: row.cadreID, indicator: "petitions", source: "petitions_export", recordID: row.recordID, fileID: file,
                    line: index + 2, eventDate: row.day, reason: .faultToleranceApproved, caseID: "C", weightKept: 0, valueBefore: nil, valueAfter: nil)
            ])
        }
    }

    /// Runs a night and gives back what the tier tables hold for it.
    func tiers(in warehouse: Warehouse? = nil, asOf: CalendarDate = Night.asOf) throws -> TierOutcome {
        let warehouse = try warehouse ?? Warehouse(path: ":memory:")
        let outcome = try run(in: warehouse, asOf: asOf)
        return try warehouse.read { transaction in
            TierOutcome(
                findings: outcome.findings, flags: outcome.flags.filter { $0.asOf == asOf }, reasons: outcome.reasons.filter { $0.asOf == asOf },
                evidence: outcome.evidence.filter { $0.asOf == asOf },
                contributions: try transaction.all(FlagContribution.self).filter { $0.asOf == asOf },
                watched: try transaction.all(WatchRecord.self).filter { $0.asOf == asOf },
                commended: try transaction.all(CommendationRecord.self).filter { $0.asOf == asOf },
                changes: try transaction.all(FlagChange.self).filter { $0.asOf == asOf })
        }
    }
}

extension Judged {
    fileprivate var observations: [ObservationRecord] {
        [
            ObservationRecord(
                cadreID: id, indicator: "petitions", groupID: "g", family: "rate", events: petitions, exposure: 12, value: petitions / 12,
                withinVariance: nil, eventsExcluded: 0, peersObserved: 30, peerMedian: 0.1, percentile: 50),
            ObservationRecord(
                cadreID: id, indicator: "quality", groupID: "g", family: "mean", events: nil, exposure: 10, value: plainQuality ?? quality,
                withinVariance: 40, adjustedValue: plainQuality.map { _ in quality },
                adjustedVariance: plainQuality.map { _ in 4.0 }, eventsExcluded: 0, peersObserved: 30, peerMedian: 80, percentile: 50),
        ]
    }

    fileprivate var estimates: [EstimateRecord] {
        let adjusted = plainQuality.map { _ in quality }
        return [
            ("petitions", petitions / 12, nil, 0.1, petitionsPosterior, 0.4),
            ("quality", plainQuality ?? quality, adjusted, 80, qualityPosterior, 0.6),
        ].map { (indicator: String, value: Double, adjusted: Double?, median: Double, posterior: (mean: Double, variance: Double), weight: Double) in
            let deviation = posterior.variance.squareRoot()
            return EstimateRecord(
                window: .current, cadreID: id, indicator: indicator, groupID: "g", value: value, adjustedValue: adjusted,
                peerMedian: median, mean: posterior.mean, deviation: deviation, lower: posterior.mean - 1.645 * deviation,
                upper: posterior.mean + 1.645 * deviation, weight: weight,
                contribution: weight * posterior.mean, isObserved: true)
        }
    }
}

/// What one night left in the tables of the tiers.
struct TierOutcome: Equatable {
    let findings: [Finding]
    let flags: [FlagRecord]
    let reasons: [FlagReason]
    let evidence: [FlagEvidence]
    let contributions: [FlagContribution]
    let watched: [WatchRecord]
    let commended: [CommendationRecord]
    let changes: [FlagChange]
}
