import Foundation
import PipelineModel

/// `petitions_YEAR.csv`: those that were found true, as the standings have it, and all the others, which say nothing about anybody.
///
/// Everything about petitioners is plainly made up and says 虚构, so that a test can look for it where it must never be.
struct PetitionsExport {
    static let layout = ExportLayout(
        columns: [
            ExportColumn("信访编号", .key, required: true), ExportColumn("信访人", .text), ExportColumn("身份证号", .text), ExportColumn("联系电话", .text),
            ExportColumn("联系地址", .text), ExportColumn("被反映人工号", .identifier), ExportColumn("被反映单位", .text),
            ExportColumn("被反映职务", .text), ExportColumn("被反映人", .text), ExportColumn("信访类别", .word, required: true),
            ExportColumn("反映内容", .text), ExportColumn("收到时间", .moment, required: true), ExportColumn("受理日期", .day),
            ExportColumn("办理期限", .day), ExportColumn("办结时间", .moment), ExportColumn("办理结果", .word), ExportColumn("承办单位", .text),
            ExportColumn("改革事项代码", .text),
        ], encoding: .gb18030, lineEnding: .crlf, dates: .chinese, defects: [.wrongFieldCount, .unknownValue, .missingValue])

    private let files: YearlyFiles

    init(_ folder: ExportFolder, _ world: World) throws(SimulationError) {
        let years = world.firstDay.adding(months: -2).month.year...world.parameters.end.month.year
        files = try folder.open("petitions", years: years, PetitionsExport.layout)
    }

    /// Writes the petitions about a cadre; returns those found true, mistaken or malicious.
    func write(_ cadre: Cadre, in world: World, _ truth: TruthFiles) throws(SimulationError) -> [LinkedEvent] {
        var generator = world.generator(.petitions, cadre.index)
        var mess = world.generator(.mess, cadre.index, part: 5)
        var wording = world.generator(.wording, cadre.index)
        var lateness = world.generator(.petitions, cadre.index, part: 1)
        var (number, events): (Int, [LinkedEvent]) = (0, [])
        // Two months more: findings are made up to two months after a petition came in.
        for month in [-2, -1].map({ world.parameters.window.first.adding($0) }) + world.parameters.window.months {
            for tenure in cadre.tenures {
                let first = max(tenure.start, month.firstDay)
                let days = min(tenure.end ?? month.lastDay, month.lastDay).days(since: first) + 1
                guard days > 0 else { continue }
                let share = Double(days) / Double(month.dayCount)
                for (kind, finding) in kinds(in: tenure, share: share, world, using: &generator) {
                    let day = first.adding(days: generator.below(days))
                    var petition = Petition(kind: kind, finding: finding, received: day, using: &generator)
                    // Of those that count for nothing some are late; the others stay in the months in which the standings put them.
                    if !finding.counts || kind != .accusation { petition.dawdle(using: &lateness) }
                    guard cadre.working(on: day) != nil else { continue }
                    number += 1
                    let id = "X\(cadre.index + 1)-\(padded(number, 2))"
                    try write(petition, id, cadre, tenure, world, truth, &generator, &mess, &wording)
                    guard let closed = petition.closed(by: world.parameters.end)?.date else { continue }
                    if finding.counts && kind == .accusation {
                        events.append(LinkedEvent(kind: .substantiatedPetition, recordID: id, known: closed))
                    } else if finding == .mistaken || finding == .malicious {
                        events.append(LinkedEvent(kind: .clearedPetition(finding), recordID: id, known: closed))
                    }
                }
            }
        }
        return events
    }

    /// The petitions of a month, or of the share of it that a tenure covers: true ones by standing, the others by how exposed the post is.
    private func kinds(
        in tenure: Tenure, share: Double, _ world: World, using generator: inout SeededGenerator
    ) -> [(PetitionKind, PetitionFinding)] {
        var kinds: [(PetitionKind, PetitionFinding)] = []
        let size = world.parameters.incidentMeanSize
        let rate = exp(world.level(of: .petitionsSubstantiated, in: tenure)) * share
        for _ in 0..<generator.poisson(rate / size) {
            for _ in 0..<generator.geometric(mean: size) {
                kinds.append((.accusation, generator.chance(0.6) ? .substantiated : .partlySubstantiated))
            }
        }
        let group = world.group(of: tenure)
        let busy = exp(0.35 * Double(group.band.level) + (group.kind == .township ? 0.5 : 0)) * share
        for _ in 0..<generator.poisson(world.parameters.volumes.otherPetitions * busy) { kinds.append(PetitionsExport.other(using: &generator)) }
        return kinds
    }

    /// A petition that counts for nothing.
    private static func other(using generator: inout SeededGenerator) -> (PetitionKind, PetitionFinding) {
        let kind: PetitionKind = generator.weighted((.accusation, 0.5), (.appeal, 0.35), (.suggestion, 0.15))
        guard kind == .accusation else {
            return (kind, generator.weighted((.substantiated, 0.2), (.partlySubstantiated, 0.1), (.unsubstantiated, 0.5), (.withdrawn, 0.2)))
        }
        return (
            kind, generator.weighted((.unsubstantiated, 0.5), (.mistaken, 0.15), (.malicious, 0.08), (.pending, 0.15), (.withdrawn, 0.12))
        )
    }

    private func write(
        _ petition: Petition, _ id: String, _ cadre: Cadre, _ tenure: Tenure, _ world: World, _ truth: TruthFiles,
        _ generator: inout SeededGenerator, _ mess: inout SeededGenerator, _ wording: inout SeededGenerator
    ) throws(SimulationError) {
        let form: TargetForm = generator.weighted((.cadre, 0.5), (.words, 0.5))
        let file = files.file(of: petition.received)
        let closed = petition.closed(by: world.parameters.end)
        // An export knows nothing of the days after it: a petition that is accepted later is not accepted yet, and has no deadline.
        let isAccepted = petition.accepted <= world.parameters.end
        let finding: String
        switch petition.finding {
        case _ where closed == nil: finding = generator.chance(0.7) ? "办理中" : ""
        case .substantiated where generator.chance(0.3): finding = "查证属实"
        case .unsubstantiated where generator.chance(0.3): finding = "查无实据"
        default: finding = petition.finding.chinese
        }
        let closedCell: ExportCell = generator.chance(0.2) ? .day(closed?.date) : .moment(closed)
        let petitioner: [ExportCell] = [
            .text("虚构信访人\(generator.below(900) + 100)"), .text("虚构000000000000"), .text("虚构-0000000"), .text("虚构路\(generator.below(99) + 1)号"),
        ]
        func cells(_ id: String, number: String, _ target: TargetWording) -> [ExportCell] {
            [.text(id)] + petitioner + [
                .text(number), .text(target.unit), .text(target.post), .text(target.name), .text(petition.kind.chinese),
                .text(petition.text(lineBreak: file.layout.lineEnding.text)), .moment(Timestamp(petition.received, secondOfDay: petition.second)),
                .day(isAccepted ? petition.accepted : nil), .day(isAccepted ? petition.due : nil), closedCell, .text(finding),
                .text(world.handler(of: petition.kind, about: tenure).name), .empty,
            ]
        }
        let target =
            form == .words && world.parameters.mess.isWordingCareless
            ? TargetWording.careless(cadre, tenure, on: petition.received, in: world, using: &wording) : TargetWording(cadre, tenure, in: world)
        try file.write(cells(id, number: form == .cadre ? cadre.id : "", target), using: &mess)
        try truth.petition(id, about: cadre, writtenAs: form.rawValue, oddities: target.oddities)
        guard form == .words, wording.chance(world.parameters.mess.outsiders) else { return }
        // The same sort of petition about somebody who is nobody's concern here.
        let outsider = TargetWording.outsider(tenure, in: world, using: &wording)
        try file.write(cells("Y" + id, number: "", outsider), using: &mess)
        try truth.petition("Y" + id, about: nil, writtenAs: form.rawValue, oddities: outsider.oddities)
    }
}

/// One petition before it is written.
private struct Petition {
    let kind: PetitionKind
    let finding: PetitionFinding
    let received: CalendarDate
    let second: Int
    private(set) var accepted: CalendarDate
    /// Day by which it must be closed: 60 days from acceptance, or 90 where that was extended.
    private(set) var due: CalendarDate
    /// Day and second of the answer; for a pending petition, one that never comes.
    private var answered: Timestamp
    private let textShape: Int

    init(kind: PetitionKind, finding: PetitionFinding, received: CalendarDate, using generator: inout SeededGenerator) {
        self.kind = kind
        self.finding = finding
        self.received = received
        self.second = 8 * 3600 + generator.below(9 * 3600)
        self.accepted = received.adding(days: generator.integer(in: 0...14))
        self.due = accepted.adding(days: 60)
        self.answered = Timestamp(accepted.adding(days: generator.integer(in: 2...46)), secondOfDay: 9 * 3600 + generator.below(8 * 3600))
        self.textShape = generator.below(4)
    }

    /// Now and then acceptance takes too long, or closing does, with an extension or without.
    mutating func dawdle(using generator: inout SeededGenerator) {
        if generator.chance(0.06) {
            let days = generator.integer(in: 8...25)
            accepted = accepted.adding(days: days)
            due = due.adding(days: days)
            answered = Timestamp(answered.date.adding(days: days), secondOfDay: 10 * 3600)
        }
        guard generator.chance(0.1) else { return }
        answered = Timestamp(accepted.adding(days: generator.integer(in: 55...110)), secondOfDay: 10 * 3600)
        if generator.chance(0.5) { due = accepted.adding(days: 90) }
    }

    /// When it was answered; `nil` where it still is open.
    func closed(by end: CalendarDate) -> Timestamp? { finding == .pending || answered.date > end ? nil : answered }

    /// What the petitioner wrote, as hard to read as real text: commas, quotes, line breaks.
    func text(lineBreak: String) -> String {
        switch textShape {
        case 0: "虚构内容"
        case 1: "虚构内容,反映办事拖延"
        case 2: "虚构内容:第一行\(lineBreak)第二行,请核实"
        default: "虚构内容,称\"已多次反映\"\(lineBreak)\(lineBreak)请答复"
        }
    }
}

extension World {
    /// Who handles a petition: an accusation goes to the unit above, where there is one.
    fileprivate func handler(of kind: PetitionKind, about tenure: Tenure) -> UnitPlan {
        let own = units[tenure.unit]
        guard kind == .accusation, let parent = own.parentID else { return own }
        return units.first { $0.id == parent } ?? own
    }
}
