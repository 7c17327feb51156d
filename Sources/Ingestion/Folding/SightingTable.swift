/// How often, and where first, each target was named on each day.
///
/// As a sequence it gives those that at least one standing row names, in the order in which they were first met.
struct SightingTable: Sendable {
    private var places = PlaceTable()
    private var sightings: [FactPartial.Sighting] = []

    var isEmpty: Bool { first { _ in true } == nil }

    @inline(__always)
    mutating func add(_ sighting: FactPartial.Sighting, of target: FactPartial.TargetDay) {
        let (place, isNew) = places.place(PlaceTable.Key(first: target.target, second: target.day, third: 0))
        if isNew {
            sightings.append(sighting)
        } else {
            sightings[place].add(sighting)
        }
    }

    /// Takes another table's rows back, whose targets have other places; where a target was first named stays.
    mutating func subtract(_ other: SightingTable, targets: [Int32]) {
        for (target, sighting) in other {
            let (place, isNew) = places.place(PlaceTable.Key(first: targets[Int(target.target)], second: target.day, third: 0))
            if isNew { sightings.append(FactPartial.Sighting(rows: 0, first: sighting.first)) }
            sightings[place].rows = Swift.max(0, sightings[place].rows - sighting.rows)
        }
    }

    /// Adds another table, whose targets have other places and whose lines lie further down.
    mutating func merge(_ other: SightingTable, targets: [Int32], linesLater: Int32) {
        for (key, sighting) in zip(other.places.keys, other.sightings) {
            add(
                FactPartial.Sighting(rows: sighting.rows, first: sighting.first.later(lines: linesLater)),
                of: FactPartial.TargetDay(target: targets[Int(key.first)], day: key.second))
        }
    }
}

extension SightingTable: Sequence {
    func makeIterator() -> AnyIterator<(FactPartial.TargetDay, FactPartial.Sighting)> {
        var place = 0
        return AnyIterator {
            while place < sightings.count {
                defer { place += 1 }
                let key = places.keys[place]
                if sightings[place].rows > 0 { return (FactPartial.TargetDay(target: key.first, day: key.second), sightings[place]) }
            }
            return nil
        }
    }
}
