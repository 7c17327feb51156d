/// The members of each window, and who of them a cadre number means: worked out once, because every long table names cadres by the million.
struct JudgedPeople: Sendable {
    /// By window, then by cadre number.
    let members: [[Member]]
    /// By cadre number: the first of the places in `slots`.
    private let places: [String: Int]
    /// As many for each cadre as there are windows: the place among the window's members, or −1.
    private let slots: [Int32]

    init(_ members: [[Member]]) {
        var places: [String: Int] = [:]
        places.reserveCapacity(members.map(\.count).max() ?? 0)
        var slots: [Int32] = []
        for (window, own) in members.enumerated() {
            for slot in own.indices {
                let place = places[own[slot].candidate.cadreID] ?? slots.count
                if place == slots.count {
                    places[own[slot].candidate.cadreID] = place
                    slots.append(contentsOf: repeatElement(-1, count: members.count))
                }
                slots[place + window] = Int32(slot)
            }
        }
        (self.members, self.places, self.slots) = (members, places, slots)
    }

    var windows: Range<Int> { members.indices }

    /// Where a cadre's slots begin, to be asked of each window; `nil` for whoever is a member of none.
    func place(of cadreID: String) -> Int? { places[cadreID] }

    /// The place among a window's members of whoever has this place; `nil` for whoever is none of them.
    func slot(at place: Int, window: Int) -> Int? {
        let slot = slots[place + window]
        return slot < 0 ? nil : Int(slot)
    }
}
