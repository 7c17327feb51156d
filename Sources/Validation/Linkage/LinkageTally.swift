/// How often targets in words were linked to the right cadre, to a wrong one, or to nobody.
public struct LinkageTally: Hashable, Sendable {
    /// Targets that mean somebody on the roster.
    public var onRoster = 0
    /// Targets that mean nobody on it.
    public var outsiders = 0
    public var right = 0
    /// Linked to another than the one who is meant, or to somebody where nobody is.
    public var wrong = 0
    /// Put to a person.
    public var reviewed = 0

    public init() {}

    /// Of the targets that were linked, the share linked to the right cadre; `nil` where none was linked.
    public var precision: Double? { right + wrong > 0 ? Double(right) / Double(right + wrong) : nil }

    /// Of the targets that mean somebody on the roster, the share linked to the right cadre; `nil` where there is none.
    public var recall: Double? { onRoster > 0 ? Double(right) / Double(onRoster) : nil }

    /// What became of one target.
    ///
    /// - Parameters:
    ///   - meant: The cadre who is meant; `nil`: nobody on the roster.
    ///   - linked: The cadre to whom it was linked.
    mutating func add(meant: String?, linked: String?, isForReview: Bool) {
        if meant == nil { outsiders += 1 } else { onRoster += 1 }
        if isForReview { reviewed += 1 }
        guard let linked else { return }
        if linked == meant { right += 1 } else { wrong += 1 }
    }

    static func + (left: LinkageTally, right: LinkageTally) -> LinkageTally {
        var sum = left
        sum.onRoster += right.onRoster
        sum.outsiders += right.outsiders
        sum.right += right.right
        sum.wrong += right.wrong
        sum.reviewed += right.reviewed
        return sum
    }
}

/// How sure the linkage was of its best candidates, and how often they were right.
public struct LinkageBand: Hashable, Sendable {
    /// Posterior from, in twentieths; the last band ends at 1.
    public let from: Double
    public var targets = 0
    public var right = 0
    /// Sum of the posteriors.
    public var expected = 0.0
}
