enum IndicatorsKey: String, SectionKey {
    case indicators

    static let heading = "The indicators' file"

    var declaration: KeyDeclaration { KeyDeclaration(.sections, required: true, "the indicators that schemes choose among") }
}

/// Keys of one indicator.
enum IndicatorKey: String, SectionKey {
    case id, label, dimension, family, events, exposure, trials, values, better

    static let heading = "Indicators"
    static let families = ["rate", "share", "mean"]

    var declaration: KeyDeclaration {
        switch self {
        case .id: KeyDeclaration(.text, required: true, "its name in schemes and tables")
        case .label: KeyDeclaration(.section, required: true, "its name for people")
        case .dimension: KeyDeclaration(.choice(Dimension.allCases.map(\.rawValue)), required: true, "the side of performance it speaks of")
        case .family: KeyDeclaration(.choice(IndicatorKey.families), required: true, "how it is made of measures")
        case .events: KeyDeclaration(.text, "rate and share: measure of what is counted")
        case .exposure: KeyDeclaration(.text, "rate: `months`, or the measure that counts the work")
        case .trials: KeyDeclaration(.text, "share: measure of what the events are a part of")
        case .values: KeyDeclaration(.text, "mean: measure with a `value:`")
        case .better: KeyDeclaration(.choice(["more", "less"]), required: true, "whether more or less of it is better")
        }
    }
}

/// Keys of an appraisal scheme.
enum SchemeKey: String, SectionKey {
    case kind, label, windowMonths, minimumPeers, minimumExposureMonths, concernShare, rankBands, peerGroups, weights, rotation

    static let heading = "Appraisal schemes"

    var declaration: KeyDeclaration {
        switch self {
        case .kind: KeyDeclaration(.choice(KindOfBody.allCases.map(\.rawValue)), required: true, "the kind of body that it is for")
        case .label: KeyDeclaration(.section, required: true, "its name for people")
        case .windowMonths: KeyDeclaration(.wholeNumber(1...120), "complete months that are looked at")
        case .minimumPeers: KeyDeclaration(.wholeNumber(2...100_000), "people that a peer group must have")
        case .minimumExposureMonths: KeyDeclaration(.number(0...120), "months in the present post without which nobody is judged")
        case .concernShare: KeyDeclaration(.number(0.01...0.4), "share of peers, worst first, that a fair observer would be concerned about")
        case .rankBands: KeyDeclaration(.sections, "bands of ranks whose holders are compared")
        case .peerGroups: KeyDeclaration(.choices(PeerGrouping.allCases.map(\.rawValue)), "what peers have in common, finest first")
        case .weights: KeyDeclaration(.entries, required: true, "indicators and their weights, which sum to 1")
        case .rotation: KeyDeclaration(.section, "how long anybody may stay in one place")
        }
    }
}

enum RankBandKey: String, SectionKey {
    case id, ranks

    static let heading = "Rank bands"

    var declaration: KeyDeclaration {
        switch self {
        case .id: KeyDeclaration(.text, required: true, "the band's name in tables")
        case .ranks: KeyDeclaration(.texts, required: true, "ranks as the HR system writes them")
        }
    }
}
