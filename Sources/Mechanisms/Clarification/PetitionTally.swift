import PipelineModel
import Warehouse

/// The petitions of the night by unit and kind, read once: there are millions, and half of their fields are not asked for.
struct PetitionTally {
    /// What is counted of each unit: one line for each kind, and one for petitions of none.
    private static let width = PetitionKind.allCases.count + 1

    /// Units with petitions, `nil` for those of no known unit, in the order in which they were met.
    private var units: [String?] = []
    /// Units × kinds; `nil` where there is no petition.
    private var lines: [PetitionHandling?] = []
    /// By line: of those due for acceptance, those without a day of it.
    private var unaccepted: [Int] = []
    private var placeOfUnit: [String?: Int] = [:]
    /// What exports write for units.
    private var words = WordTable()
    /// By word.
    private var unitOfWord: [Int] = []
    private var recordsAcceptance = false
    /// Whether there is no petition at all.
    private(set) var isEmpty = true

    init(_ deadlines: PetitionDeadlines, _ night: TrackNight) throws {
        let firstDay = MonthWindow(trailing: deadlines.windowMonths, asOf: night.asOf).first.firstDay
        let fields = ["accepted_date", "received", "closed", "due_date", "finding", "kind", "handling_unit", "unit", "target_cadre_id"]
        let (findings, kinds) = (PetitionFinding.allCases, PetitionKind.allCases)
        let kindPlaces = Array(kinds.indices)
        try night.transaction.forEachKeptRow(of: .petitions, fields: fields) { row in
            isEmpty = false
            let accepted = row.date(0)
            if accepted != nil { recordsAcceptance = true }
            guard let received = row.timestamp(1)?.date, night.isKnown(received) else { return }
            let closed = row.timestamp(2)?.date
            let times = PetitionTimes(
                received: received, accepted: night.isKnown(accepted) ? accepted : nil, closed: night.isKnown(closed) ? closed : nil, due: row.date(3),
                isWithdrawn: try row.code(4, of: findings) == .withdrawn, deadlines: deadlines, asOf: night.asOf)
            let isInWindow = firstDay <= received
            guard isInWindow || times.isOpen else { return }
            let kind = try row.code(5, of: kindPlaces)
            let unit =
                if let word = try row.word(6, in: &words) ?? row.word(7, in: &words) { place(ofWord: word, night) } else {
                    place(of: try row.text(8).flatMap { night.unit(of: $0, on: received) })
                }
            let line = unit * Self.width + (kind ?? kinds.count)
            if lines[line] == nil { lines[line] = PetitionHandling(unitID: units[unit], kind: kind.map { kinds[$0] }) }
            lines[line]?.add(times, isInWindow: isInWindow, deadlines: deadlines)
            if isInWindow, times.isUnaccepted { unaccepted[line] += 1 }
        }
    }

    /// The place of a unit as an export writes it.
    private mutating func place(ofWord word: Int, _ night: TrackNight) -> Int {
        while unitOfWord.count <= word { unitOfWord.append(place(of: night.history.unitID(words.words[unitOfWord.count]))) }
        return unitOfWord[word]
    }

    /// The place of a unit among the units.
    private mutating func place(of unitID: String?) -> Int {
        if let place = placeOfUnit[unitID] { return place }
        placeOfUnit[unitID] = units.count
        units.append(unitID)
        lines.append(contentsOf: repeatElement(nil, count: Self.width))
        unaccepted.append(contentsOf: repeatElement(0, count: Self.width))
        return units.count - 1
    }

    /// One for each unit and kind that has a petition, by unit, then kind; the unknown last.
    ///
    /// Where the exports record no acceptance at all, a petition without a day of it says nothing of whether it was accepted.
    func records() -> [PetitionHandling] {
        let order = units.indices.sorted { left, right in
            guard let unit = units[left] else { return false }
            return units[right].map { unit < $0 } ?? true
        }
        return order.flatMap { $0 * Self.width..<($0 + 1) * Self.width }.compactMap { line in
            var record = lines[line]
            if !recordsAcceptance { record?.acceptanceDue -= unaccepted[line] }
            return record
        }
    }
}

extension PetitionHandling {
    /// A unit and kind without petitions.
    fileprivate init(unitID: String?, kind: PetitionKind?) {
        self.init(
            number: 0, unitID: unitID, kind: kind, received: 0, acceptanceDue: 0, acceptedInTime: 0, acceptance: FunnelReading(), closingDue: 0,
            closedInTime: 0, closing: FunnelReading(), extended: 0, openInAcceptance: 0, openInClosing: 0, openInExtension: 0, openBeyond: 0)
    }

    fileprivate mutating func add(_ times: PetitionTimes, isInWindow: Bool, deadlines: PetitionDeadlines) {
        if isInWindow {
            received += 1
            if let inTime = times.acceptedInTime {
                acceptanceDue += 1
                acceptedInTime += inTime ? 1 : 0
            }
            if let inTime = times.closedInTime {
                closingDue += 1
                closedInTime += inTime ? 1 : 0
            }
            extended += times.isExtended ? 1 : 0
        }
        guard times.isOpen else { return }
        switch times.age {
        case ...deadlines.acceptWithinDays: openInAcceptance += 1
        case ...deadlines.closeWithinDays: openInClosing += 1
        case ...(deadlines.closeWithinDays + deadlines.extensionDays): openInExtension += 1
        default: openBeyond += 1
        }
    }
}
