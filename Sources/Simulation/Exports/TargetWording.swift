import PipelineModel

/// How a petition names its target in words, as petitioners and clerks do: mostly right, seldom as the roster has it.
struct TargetWording {
    var unit: String
    var post: String
    var name: String
    /// What is odd about it, in the order of unit, name, post; empty where all is as in the roster.
    private(set) var oddities: [String] = []

    /// The target as a roster would name it.
    init(_ cadre: Cadre, _ tenure: Tenure, in world: World) {
        (unit, post, name) = (world.units[tenure.unit].name, tenure.seat.title, cadre.name)
    }

    /// Somebody who is on no roster, in the same unit: hired staff, or a village's own.
    static func outsider(_ tenure: Tenure, in world: World, using generator: inout SeededGenerator) -> TargetWording {
        let post = generator.weighted(("", 0.4), ("协管员", 0.2), ("村委会主任", 0.2), (tenure.seat.title, 0.2))
        let isFemale = generator.chance(0.4)
        var wording = TargetWording(unit: world.units[tenure.unit].name, post: post, name: Names.name(female: isFemale, using: &generator))
        if post.isEmpty, generator.chance(0.3) { wording.name = Names.surname(of: wording.name) + "某" }
        wording.oddities = ["outsider"]
        return wording
    }

    private init(unit: String, post: String, name: String) {
        (self.unit, self.post, self.name) = (unit, post, name)
    }

    /// A wording as careless as real ones; of people who have just moved, some are still named by the post that they left.
    static func careless(
        _ cadre: Cadre, _ tenure: Tenure, on day: CalendarDate, in world: World, using generator: inout SeededGenerator
    ) -> TargetWording {
        let left = cadre.tenures.last { $0.end.map { $0 < day && day.days(since: $0) <= 60 } ?? false }
        let named = generator.chance(0.3) ? left ?? tenure : tenure
        var wording = TargetWording(cadre, named, in: world)
        if named.end.map({ $0 < day }) ?? false { wording.oddities = ["formerPost"] }
        wording.distortUnit(world.units[named.unit], in: world, using: &generator)
        wording.distortPerson(named.seat, using: &generator)
        wording.distortPost(named.seat, using: &generator)
        return wording
    }

    private mutating func distortUnit(_ plan: UnitPlan, in world: World, using generator: inout SeededGenerator) {
        let lot = generator.uniform()
        let parent = plan.parentID.flatMap { id in world.units.first { $0.id == id } }
        if lot < 0.12, let alias = generator.element(of: plan.aliases) {
            (unit, oddities) = (alias, oddities + ["alias"])
        } else if (0.12..<0.18).contains(lot), let former = plan.formerName {
            (unit, oddities) = (former, oddities + ["formerName"])
        } else if (0.18..<0.21).contains(lot), let parent {
            (unit, oddities) = (parent.name, oddities + ["parentUnit"])
        } else if (0.21..<0.22).contains(lot), plan.name.count > 4 {
            // A short form that nobody has listed.
            (unit, oddities) = (String(plan.name.prefix(2) + plan.name.suffix(2)), oddities + ["unlistedName"])
        } else if (0.22..<0.23).contains(lot) {
            (unit, oddities) = ("", oddities + ["noUnit"])
        } else if (0.23..<0.27).contains(lot) {
            (unit, oddities) = (plan.id, oddities + ["unitNumber"])
        }
    }

    private mutating func distortPerson(_ seat: Seat, using generator: inout SeededGenerator) {
        let title = TargetWording.title(of: seat)
        let lot = generator.uniform()
        if lot < 0.12, seat.isUnique, !unit.isEmpty, !oddities.contains("formerPost") {
            (name, oddities) = ("", oddities + ["noName"])
            return
        }
        if (0.12..<0.16).contains(lot), let title {
            (name, post, oddities) = (Names.surname(of: name) + title, "", oddities + ["surnameAndTitle"])
            return
        }
        if (0.16..<0.18).contains(lot) {
            (name, oddities) = (Names.surname(of: name) + "某", oddities + ["surnameOnly"])
            return
        }
        if generator.chance(0.03) {
            (name, oddities) = (Names.misspelt(name, using: &generator), oddities + ["wrongCharacter"])
        }
        if (0.18..<0.26).contains(lot), let title {
            (name, oddities) = (name + title, oddities + ["titleAppended"])
            if generator.chance(0.6) { post = "" }
        } else if (0.26..<0.30).contains(lot) {
            (name, oddities) = (name.map(String.init).joined(separator: generator.chance(0.5) ? " " : "\u{3000}"), oddities + ["blanks"])
        }
    }

    private mutating func distortPost(_ seat: Seat, using generator: inout SeededGenerator) {
        let lot = generator.uniform()
        if post.isEmpty { return }
        if lot < 0.30, !name.isEmpty, !oddities.contains("surnameOnly") {
            (post, oddities) = ("", oddities + ["noPost"])
        } else if (0.30..<0.45).contains(lot), let title = TargetWording.title(of: seat), title != post {
            (post, oddities) = (title, oddities + ["shortPost"])
        } else if (0.45..<0.48).contains(lot) {
            (post, oddities) = (seat.type == .leading ? "党委委员" : "科员", oddities + ["wrongPost"])
        }
    }

    /// What a holder of the post is addressed by: 局长 for 党组书记、局长. `nil` for those who are addressed by name.
    static func title(of seat: Seat) -> String? {
        let plain = seat.title.split(separator: "(").first.map(String.init) ?? seat.title
        let titles = [
            "副局长", "局长", "副总经理", "董事长", "副校长", "副经理", "经理", "副科长", "科长", "主任", "书记", "教授",
        ]
        if seat.title == "镇(乡)长" { return "镇长" }
        return titles.first { plain.hasSuffix($0) }
    }
}
