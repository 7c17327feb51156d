/// What a way of flagging did in one world.
public struct Tally: Hashable, Sendable {
    /// People flagged.
    public var flagged = 0
    /// Of these, people whose true composite is not below the true line.
    public var wrong = 0
    /// People whose true composite is below it, flagged or not.
    public var ofConcern = 0

    /// Counts a list of flagged people against the truth of all.
    init(flagged: [Int], isOfConcern: [Bool]) {
        self.flagged = flagged.count
        wrong = flagged.count { !isOfConcern[$0] }
        ofConcern = isOfConcern.count { $0 }
    }

    /// People flagged rightly.
    public var found: Int { flagged - wrong }

    /// The share of wrong names among the flagged; 0 where nobody is flagged, as nobody is wronged then.
    public var falseShare: Double { flagged > 0 ? Double(wrong) / Double(flagged) : 0 }

    /// The share of those of concern that are flagged; 0 where there is none.
    public var recall: Double { ofConcern > 0 ? Double(found) / Double(ofConcern) : 0 }
}
