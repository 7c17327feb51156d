import PipelineModel

/// One unit of a world, and which cadres serve in it.
struct UnitPlan: Sendable {
    let place: Int
    let id: String
    let name: String
    let kind: KindOfBody
    let parentID: String?
    let divisionCode: String
    let hardship: Int
    /// A county itself, not one of its bureaus.
    let isCountySeat: Bool
    /// Other names that people use.
    let aliases: [String]
    /// What the unit was called before it was renamed.
    let formerName: String?
    /// Cadres whose present unit this is, by index; a run of consecutive ones, so that a world can be written unit by unit.
    var members: Range<Int> = 0..<0

    /// Every unit of a world: the city, counties with their bureaus, townships, municipal organs, universities, enterprises.
    ///
    /// More cadres make more units, until names run out; then units grow. So the list stays short (under 1,000) in a world of a million.
    static func units(cadres: Int) -> [UnitPlan] {
        var units = [unit(0, "330300000", "温州市", .municipalOrgan, parent: nil, Geography.cityCode, 0)]
        for (kind, count) in headcounts(cadres) {
            var plans = plans(of: kind, count: count, firstPlace: units.count)
            let used = units.last?.members.upperBound ?? 0
            var next = used
            for place in plans.indices {
                let size = count / plans.count + (place < count % plans.count ? 1 : 0)
                plans[place].members = next..<(next + size)
                next += size
            }
            units += plans
        }
        return units
    }

    /// How many cadres serve in each kind of body; they sum to `cadres`.
    private static func headcounts(_ cadres: Int) -> [(KindOfBody, Int)] {
        let shares: [(KindOfBody, Double)] = [(.county, 0.30), (.township, 0.25), (.municipalOrgan, 0.22), (.university, 0.11), (.stateEnterprise, 0.12)]
        var (cumulative, given) = (0.0, 0)
        return shares.map { kind, share in
            cumulative += share
            let upTo = Int((Double(cadres) * cumulative).rounded())
            defer { given = upTo }
            return (kind, upTo - given)
        }
    }

    private static func plans(of kind: KindOfBody, count: Int, firstPlace: Int) -> [UnitPlan] {
        let city = "330300000"
        let counties = Geography.counties
        switch kind {
        case .county:
            return (0..<clamped(count / 9, 12...(12 + 12 * Geography.countyBureaus.count))).map { ordinal in
                let county = counties[ordinal % 12]
                if ordinal < 12 {
                    return unit(firstPlace + ordinal, county.code + "000", county.name, kind, parent: city, county.code, county.hardship, seat: true)
                }
                let bureau = ordinal / 12 - 1
                let name = county.name + Geography.countyBureaus[bureau]
                return unit(firstPlace + ordinal, county.code + padded(501 + bureau, 3), name, kind, parent: county.code + "000", county.code, county.hardship)
            }
        case .township:
            return (0..<clamped(count / 12, 12...240)).map { ordinal in
                let county = counties[ordinal % 12]
                let name = county.name + Geography.township(ordinal / 12, county: ordinal % 12)
                let hardship = min(5, county.hardship + (ordinal / 12) % 3)
                return unit(
                    firstPlace + ordinal, county.code + padded(101 + ordinal / 12, 3), name, kind, parent: county.code + "000", county.code, hardship)
            }
        case .municipalOrgan:
            return (0..<clamped(count / 11, 6...Geography.municipalOrgans.count)).map {
                unit(firstPlace + $0, "3303006" + padded($0 + 1, 2), "温州市" + Geography.municipalOrgans[$0], kind, parent: city, Geography.cityCode, 0)
            }
        case .university:
            return (0..<clamped(count / 22, 3...Geography.universities.count)).map {
                unit(firstPlace + $0, "3303007" + padded($0 + 1, 2), Geography.universities[$0], kind, parent: city, Geography.cityCode, 0)
            }
        case .stateEnterprise:
            return (0..<clamped(count / 18, 4...Geography.enterprises.count)).map {
                unit(firstPlace + $0, "3303008" + padded($0 + 1, 2), Geography.enterprises[$0], kind, parent: city, Geography.cityCode, 0)
            }
        }
    }

    private static func unit(
        _ place: Int, _ id: String, _ name: String, _ kind: KindOfBody, parent: String?, _ division: String, _ hardship: Int, seat: Bool = false
    ) -> UnitPlan {
        UnitPlan(
            place: place, id: id, name: name, kind: kind, parentID: parent, divisionCode: division, hardship: hardship, isCountySeat: seat,
            aliases: UnitNames.aliases(name, county: Geography.counties.first { $0.code == division }?.name),
            formerName: seat ? nil : UnitNames.formerName(name, ordinal: place))
    }

    private static func clamped(_ value: Int, _ range: ClosedRange<Int>) -> Int { min(max(value, range.lowerBound), range.upperBound) }
}
