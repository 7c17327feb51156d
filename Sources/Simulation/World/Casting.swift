import PipelineModel

extension World {
    /// Everybody who serves in a unit today, with the careers that brought them there.
    func cast(_ unit: UnitPlan) -> [Cadre] {
        var members = unit.members.map { cadre($0, in: unit) }
        rotateChiefs(&members, in: unit)
        var generator = self.generator(.unit, unit.place, part: 2)
        if members.count >= 3, generator.chance(parameters.mess.homonyms) {
            // The last two share a name, as people of one place do: a petition by unit and name then fits both.
            let last = members.count - 1
            members[last].name = members[last - 1].name
            members[last].isFemale = members[last - 1].isFemale
        }
        return members
    }

    private func cadre(_ index: Int, in unit: UnitPlan) -> Cadre {
        var generator = self.generator(.profile, index)
        let ordinal = index - unit.members.lowerBound
        let seat = Seats.seat(ordinal: ordinal, of: unit.members.count, in: unit)
        let isFemale = generator.chance(seat.band.level == 2 ? 0.22 : 0.38)
        let name = Names.name(female: isFemale, using: &generator)
        let ages =
            switch seat.band.level {
            case 0: 25...46
            case 1: 32...54
            default: 39...58
            }
        let birth = parameters.end.adding(months: -12 * generator.integer(in: ages)).adding(days: -generator.below(365))
        let entry = birth.adding(months: 12 * 21 + generator.below(48))
        let retires = generator.uniform()
        var cadre = Cadre(
            index: index, name: name, isFemale: isFemale, birth: birth, ethnicGroup: Names.ethnicGroup(using: &generator),
            specialty: World.specialties[generator.below(World.specialties.count)], entry: entry,
            status: retires < 0.010 ? .retired : retires < 0.014 ? .left : retires < 0.017 ? .suspended : .active,
            tenures: career(index, ordinal: ordinal, seat: seat, entry: entry, in: unit), absences: [])
        if cadre.status == .retired || cadre.status == .left {
            let last = max(cadre.present.start.adding(days: 30), parameters.end.adding(days: -generator.integer(in: 10...330)))
            if last < parameters.end { cadre.tenures[cadre.tenures.count - 1].end = last } else { cadre.status = .active }
        }
        cadre.absences = absences(of: cadre)
        return cadre
    }

    private static let specialties = [
        "法学", "经济学", "行政管理", "土木工程", "计算机科学与技术", "会计学", "汉语言文学", "城乡规划", "环境工程", "农学", "公共卫生", "教育学",
    ]

    /// Tenures, the present one last; nobody holds two posts at once.
    private func career(_ index: Int, ordinal: Int, seat: Seat, entry: CalendarDate, in unit: UnitPlan) -> [Tenure] {
        var generator = self.generator(.career, index)
        var standingGenerator = self.generator(.standing, index)
        let standing = standings.draw(using: &standingGenerator)
        var start = ordinal == 0 ? headStart(unit.place) : presentStart(using: &generator)
        if start <= entry { start = entry.adding(days: 1) }
        var tenures: [Tenure] = []
        if let (former, successorStart) = formerSecretary(unit, ordinal, using: &generator), successorStart > entry.adding(months: 96) {
            let first = successorStart.adding(days: -generator.integer(in: 900...2200))
            let secretary = Tenure(unit: former.0, seat: former.1, start: first, end: successorStart.adding(days: -1), standing: standing)
            (start, tenures) = (successorStart, [secretary])
        }
        tenures.append(Tenure(unit: unit.place, seat: seat, start: start, end: nil, standing: standing))
        for chance in [0.9, 0.5] {
            let later = tenures[0]
            let latest = later.start.adding(days: -400)
            guard latest > entry, generator.chance(chance) else { break }
            let first = max(entry, later.start.adding(days: -generator.integer(in: 400...2400)))
            let place = generator.chance(0.5) ? later.unit : generator.element(of: units(of: units[later.unit].kind)) ?? later.unit
            let earlier = Seats.earlier(than: later.seat, in: units[place], using: &generator)
            let same = earlier.type == later.seat.type
            tenures.insert(
                Tenure(
                    unit: place, seat: earlier, start: first, end: later.start.adding(days: -1),
                    standing: same ? later.standing : otherStanding(later.standing, using: &standingGenerator)), at: 0)
        }
        return tenures
    }

    /// The standing in a post of another type: correlated with this one, with the same joint distribution.
    private func otherStanding(_ standing: [Double], using generator: inout SeededGenerator) -> [Double] {
        let rest = (1 - parameters.postFit * parameters.postFit).squareRoot()
        return zip(standing, standings.draw(using: &generator)).map { parameters.postFit * $0 + rest * $1 }
    }

    /// Where a deputy of a county's leadership came from: the seat of Party secretary in a township of that county, left when the present one took it.
    private func formerSecretary(
        _ unit: UnitPlan, _ ordinal: Int, using generator: inout SeededGenerator
    ) -> (seat: (Int, Seat), successorStart: CalendarDate)? {
        guard unit.isCountySeat, ordinal == 1, generator.chance(0.55) else { return nil }
        guard let township = units(of: .township).first(where: { units[$0].parentID == unit.id && !units[$0].members.isEmpty }) else { return nil }
        let plan = units[township]
        return ((township, Seats.seat(ordinal: 0, of: plan.members.count, in: plan)), headStart(township))
    }

    /// Two heads of sections exchange their seats within the window, in most units: events before that day are the other's.
    private func rotateChiefs(_ members: inout [Cadre], in unit: UnitPlan) {
        var generator = self.generator(.unit, unit.place, part: 3)
        let chiefs = members.indices.filter { members[$0].present.seat.isUnique && members[$0].present.seat.type != .leading }
        guard chiefs.count >= 2, generator.chance(0.6) else { return }
        let (one, other) = (chiefs[0], chiefs[1])
        let span = parameters.end.days(since: firstDay)
        let day = firstDay.adding(days: generator.below(max(1, span)))
        let (first, second) = (members[one].present, members[other].present)
        guard first.start < day.adding(days: -60), second.start < day.adding(days: -60), first.end == nil, second.end == nil else { return }
        for (member, own, seat) in [(one, first, second.seat), (other, second, first.seat)] {
            members[member].tenures[members[member].tenures.count - 1] = Tenure(
                unit: own.unit, seat: seat, start: own.start, end: day.adding(days: -1), standing: own.standing)
            members[member].tenures.append(Tenure(unit: own.unit, seat: own.seat, start: day, end: nil, standing: own.standing))
        }
    }
}
