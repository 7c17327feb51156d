import PipelineModel

/// Type of a post, as the HR systems write it.
public enum PostType: String, CaseIterable, Sendable {
    case leading = "领导岗位"
    case administration = "综合管理岗位"
    case enforcement = "行政执法岗位"
    case window = "窗口服务岗位"
    case academic = "教学科研岗位"
    case technical = "专业技术岗位"
}

/// Band of ranks whose holders are compared; every scheme of `pipelines/schemes/` has its own three.
public enum RankBandName: String, CaseIterable, Sendable {
    case division, section, staff
    case leader, deputy
    case executive, manager, officer
    case faculty

    /// How much the band answers for: 0 for staff, 1 for those who head a section, 2 for those who head a body.
    var level: Int {
        switch self {
        case .staff, .officer, .faculty: 0
        case .section, .deputy, .leader, .manager: 1
        case .division, .executive: 2
        }
    }

    /// The band of a rank in a kind of body.
    static func band(of rank: String, in kind: KindOfBody) -> RankBandName {
        switch rank {
        case "企业正职", "企业副职": .executive
        case "中层正职", "中层副职": .manager
        case "业务主管": .officer
        case "正处级", "副处级": kind == .township ? .leader : .division
        case "正科级": kind == .township ? .leader : .section
        case "副科级": kind == .township ? .deputy : .section
        case "教授", "副教授", "讲师": .faculty
        default: .staff
        }
    }

    /// The bands that a kind of body has.
    static func bands(of kind: KindOfBody) -> [RankBandName] {
        switch kind {
        case .county, .municipalOrgan: [.division, .section, .staff]
        case .township: [.leader, .deputy, .staff]
        case .university: [.division, .section, .faculty]
        case .stateEnterprise: [.executive, .manager, .officer]
        }
    }
}

/// A seat: title, type and rank of a post in a unit.
struct Seat: Hashable, Sendable {
    var title: String
    var type: PostType
    var rank: String
    var band: RankBandName
    /// The field of work, by the name of the section that sees to it.
    var field: String
    /// Whether at most one person in the unit holds the title.
    var isUnique: Bool
}

/// The seats of a unit, from its head down.
enum Seats {
    private static let sections = ["办公室", "综合科", "规划科", "项目科", "法规科", "督查科", "财务科", "信息科", "宣传科", "安全科", "服务科", "监管科"]

    /// The seat of the `ordinal`-th of `size` members.
    static func seat(ordinal: Int, of size: Int, in unit: UnitPlan) -> Seat {
        let deputies = max(1, size / 7)
        if ordinal == 0 || (ordinal <= deputies && size > 3) { return leader(ordinal, unit) }
        let chiefs = max(1, size * 3 / 10)
        let place = ordinal - deputies - 1
        if place < chiefs && size > 3 { return chief(place, unit) }
        return staff(size > 3 ? place : ordinal - 1, unit)
    }

    private static func leader(_ ordinal: Int, _ unit: UnitPlan) -> Seat {
        let title: String
        let (first, second) = leaderRanks(unit)
        switch unit.kind {
        case .county where unit.isCountySeat:
            title = ordinal == 0 ? (unit.name.hasSuffix("区") ? "区委书记" : unit.name.hasSuffix("县") ? "县委书记" : "市委书记") : "班子成员(分工\(ordinal))"
        case .township:
            let secretary = unit.name.hasSuffix("街道") ? "党工委书记" : "党委书记"
            title = ordinal == 0 ? secretary : ordinal == 1 ? (unit.name.hasSuffix("街道") ? "办事处主任" : "镇(乡)长") : "副职(分工\(ordinal))"
        case .university: title = ordinal == 0 ? "党委书记" : "副校长(分工\(ordinal))"
        case .stateEnterprise: title = ordinal == 0 ? "董事长" : "副总经理(分工\(ordinal))"
        case .county, .municipalOrgan: title = ordinal == 0 ? "党组书记、局长" : "副局长(分工\(ordinal))"
        }
        let rank = ordinal == 0 || (ordinal == 1 && unit.kind == .township) ? first : second
        return seat(title, .leading, rank, ordinal, unit, isUnique: true)
    }

    private static func leaderRanks(_ unit: UnitPlan) -> (String, String) {
        switch unit.kind {
        case .county where unit.isCountySeat: ("正处级", "副处级")
        case .county, .township: ("正科级", "副科级")
        case .municipalOrgan, .university: ("正处级", "副处级")
        case .stateEnterprise: ("企业正职", "企业副职")
        }
    }

    private static func chief(_ place: Int, _ unit: UnitPlan) -> Seat {
        let section = name(ofSection: place / 2)
        let isHead = place % 2 == 0
        switch unit.kind {
        case .stateEnterprise:
            let rank = isHead ? "中层正职" : "中层副职"
            return seat(section + (isHead ? "经理" : "副经理"), .administration, rank, place / 2, unit, isUnique: true)
        case .university:
            let rank = isHead ? "正科级" : "副科级"
            return seat(section + (isHead ? "科长" : "副科长"), .administration, rank, place / 2, unit, isUnique: true)
        default:
            let rank = isHead && (unit.kind == .municipalOrgan || unit.isCountySeat) ? "正科级" : "副科级"
            let type: PostType = place % 4 < 2 ? .administration : .enforcement
            return seat(section + (isHead ? "主要负责人" : "副职负责人"), type, rank, place / 2, unit, isUnique: true)
        }
    }

    private static func staff(_ place: Int, _ unit: UnitPlan) -> Seat {
        let section = name(ofSection: place % sections.count)
        switch unit.kind {
        case .stateEnterprise:
            return seat(section + "主管", place % 2 == 0 ? .administration : .technical, "业务主管", place, unit)
        case .university:
            let rank = ["讲师", "副教授", "讲师", "教授"][place % 4]
            return seat(rank + "岗", .academic, rank, place, unit)
        default:
            let type: PostType = [.administration, .enforcement, .administration, .window][place % 4]
            return seat(section + "干部", type, place % 3 == 2 ? "二级科员" : "一级科员", place, unit)
        }
    }

    /// A plain seat that somebody held earlier, one step below: its title is shared by many, so it stands in nobody's way.
    static func earlier(than seat: Seat, in unit: UnitPlan, using generator: inout SeededGenerator) -> Seat {
        let ladder = ranks(of: unit.kind)
        let place = ladder.firstIndex(of: seat.rank) ?? (seat.band.level * 2)
        let rank = ladder[min(max(0, place - generator.integer(in: 0...2)), ladder.count - 1)]
        let type: PostType
        switch unit.kind {
        case .university: type = generator.weighted((.academic, 0.6), (.administration, 0.4))
        case .stateEnterprise: type = generator.weighted((.technical, 0.5), (.administration, 0.5))
        default: type = generator.weighted((.administration, 0.5), (.enforcement, 0.3), (.window, 0.2))
        }
        let ordinal = generator.below(sections.count)
        let section = name(ofSection: ordinal)
        switch RankBandName.band(of: rank, in: unit.kind).level {
        case 0: return Seats.seat(section + "干部", type, rank, ordinal, unit)
        case 1: return Seats.seat(section + "主任干事", type, rank, ordinal, unit)
        default: return Seats.seat("调研员", type, rank, ordinal, unit)
        }
    }

    private static func seat(_ title: String, _ type: PostType, _ rank: String, _ ordinal: Int, _ unit: UnitPlan, isUnique: Bool = false) -> Seat {
        let band = RankBandName.band(of: rank, in: unit.kind)
        return Seat(title: title, type: type, rank: rank, band: band, field: sections[ordinal % sections.count], isUnique: isUnique)
    }

    private static func name(ofSection ordinal: Int) -> String {
        let group = ordinal / sections.count
        return sections[ordinal % sections.count] + (group == 0 ? "" : "第\(group + 1)组")
    }

    private static func ranks(of kind: KindOfBody) -> [String] {
        switch kind {
        case .stateEnterprise: ["业务主管", "中层副职", "中层正职", "企业副职", "企业正职"]
        case .university: ["讲师", "副教授", "副科级", "正科级", "副处级", "正处级"]
        default: ["二级科员", "一级科员", "副科级", "正科级", "副处级", "正处级"]
        }
    }
}
