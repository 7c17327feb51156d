/// The values of one draw, highest first.
///
/// They are dealt out to as many slots as there are values, by how far each lies from the highest, and put right where slots hold several: with values that are
/// spread as draws are, that takes a few steps for each, where to compare them takes some ten, half of which no processor foresees.
struct DrawOrder {
    typealias Own = (value: Double, unit: Int)

    /// In slots that hold more than this, the values are sorted as any others.
    private static let crowd = 32

    private(set) var units: [Own] = []
    private var ends: [Int] = []

    /// Brings the values of units in their order; equal ones come by unit.
    mutating func sort(_ values: [Double]) {
        guard let highest = values.max(), let lowest = values.min() else { return units.removeAll(keepingCapacity: true) }
        let count = values.count
        if units.count != count { units = [Own](repeating: (0, 0), count: count) }
        let reach = highest - lowest
        let scale = reach > 0 ? Double(count - 1) / reach : 0
        guard reach.isFinite, scale.isFinite, deal(values, from: highest, scale) <= DrawOrder.crowd else {
            for unit in 0..<count { units[unit] = (values[unit], unit) }
            return units.sort(by: DrawOrder.precedes)
        }
        for place in units.indices.dropFirst() {
            let own = units[place]
            var gap = place
            while gap > 0, DrawOrder.precedes(own, units[gap - 1]) {
                units[gap] = units[gap - 1]
                gap -= 1
            }
            units[gap] = own
        }
    }

    /// Deals the values out to their slots.
    ///
    /// - Returns: How many lie in the fullest one.
    private mutating func deal(_ values: [Double], from highest: Double, _ scale: Double) -> Int {
        func slot(_ value: Double) -> Int { Int((highest - value) * scale) }
        ends.removeAll(keepingCapacity: true)
        ends.append(contentsOf: repeatElement(0, count: values.count + 1))
        for value in values { ends[slot(value)] += 1 }
        var (start, fullest) = (0, 0)
        for place in ends.indices {
            fullest = max(fullest, ends[place])
            (ends[place], start) = (start, start + ends[place])
        }
        for (unit, value) in values.enumerated() {
            let place = slot(value)
            units[ends[place]] = (value, unit)
            ends[place] += 1
        }
        return fullest
    }

    private static func precedes(_ left: Own, _ right: Own) -> Bool { left.value != right.value ? left.value > right.value : left.unit < right.unit }
}

/// How often each rank was drawn: ranks are few, so that counting them costs less than sorting thousands of draws.
struct DrawnRanks {
    /// By rank: how many draws gave it or a better one.
    private var upTo: [Int]
    private let draws: Int

    init(_ ranks: ArraySlice<Int32>, units: Int) {
        draws = ranks.count
        upTo = [Int](repeating: 0, count: units + 1)
        for rank in ranks { upTo[Int(rank)] += 1 }
        for rank in 1...units { upTo[rank] += upTo[rank - 1] }
    }

    /// The rank below which a share of the draws lies.
    func at(_ share: Double) -> Int {
        let place = min(draws - 1, Int(share * Double(draws)))
        var (low, high) = (1, upTo.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if upTo[middle] > place { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
