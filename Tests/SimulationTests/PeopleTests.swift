import PipelineModel
import Testing

@testable import Simulation

@Suite struct PeopleTests {
    @Test func nobodyHoldsTwoPostsAtOnce() throws {
        let world = try World(SharedWorld.parameters(cadres: 2000, months: 24))
        for unit in world.units {
            for cadre in world.cast(unit) {
                for (earlier, later) in zip(cadre.tenures, cadre.tenures.dropFirst()) {
                    #expect(earlier.end.map { $0 < later.start } ?? false, "\(cadre.id)")
                }
                for tenure in cadre.tenures { #expect(tenure.end.map { tenure.start <= $0 } ?? true, "\(cadre.id)") }
                #expect(cadre.entry <= cadre.present.start)
                #expect(cadre.tenures.filter { $0.unit == unit.place }.count >= 1)
            }
        }
    }

    @Test func noUniqueSeatIsHeldByTwo() throws {
        let world = try World(SharedWorld.parameters(cadres: 2000, months: 24))
        var holders: [String: [Tenure]] = [:]
        for unit in world.units {
            for tenure in world.cast(unit).flatMap(\.tenures) where tenure.seat.isUnique {
                holders["\(tenure.unit)/\(tenure.seat.title)", default: []].append(tenure)
            }
        }
        var shared = 0
        for (seat, tenures) in holders {
            let inOrder = tenures.sorted { $0.start < $1.start }
            if inOrder.count > 1 { shared += 1 }
            for (earlier, later) in zip(inOrder, inOrder.dropFirst()) { #expect(earlier.end.map { $0 < later.start } ?? false, "\(seat)") }
        }
        // Seats change hands: events before that day are the other's.
        #expect(shared > 20)
    }

    @Test func dividedPostsAreTheSamePostsUnderFinerTypes() throws {
        var parameters = SharedWorld.parameters()
        let plain = try SimulatedFolder(parameters).rows(.posts)
        parameters.dividesPosts = true
        let divided = try SimulatedFolder(parameters).rows(.posts)
        #expect(plain.count == divided.count)
        let types = Set(plain.compactMap { $0["post_type"] })
        for (left, right) in zip(plain, divided) {
            #expect(left["post"] == right["post"] && left["cadre_id"] == right["cadre_id"])
            #expect(right["post_type"].map { type in types.contains { type.hasPrefix($0) } } ?? true)
        }
        #expect(Set(divided.compactMap { $0["post_type"] }).count > 4 * types.count)
    }

    @Test func rosterIsValid() throws {
        let folder = try SimulatedFolder(SharedWorld.parameters())
        let roster = try folder.rows(.roster)
        #expect(roster.count == 600)
        #expect(Set(roster.compactMap { $0["cadre_id"] }).count == 600)
        var numbers: Set<String> = []
        for row in roster {
            let number = row["id_number"] ?? ""
            #expect(IdentityNumbers.checkCharacter(of: String(number.dropLast())) == number.last)
            #expect(numbers.insert(number).inserted)
            #expect(((number.dropLast().last?.wholeNumberValue ?? 0) % 2 == 1) == (row["sex"] == "男"))
            #expect(String(number.dropFirst(6).prefix(8)) == row["birth_date"].flatMap(day)?.description.replacing("-", with: ""))
        }
        let homonyms = Dictionary(grouping: roster, by: { "\($0["unit"] ?? "")/\($0["name"] ?? "")" }).values.filter { $0.count > 1 }
        #expect(!homonyms.isEmpty)
    }

    @Test func atMostAFifthOfAUnitIsExcellentButForOneUnitOnce() throws {
        let world = try World(SharedWorld.parameters(cadres: 1500, months: 24))
        // Everybody by unit and day of the grade, wherever they were graded.
        let casts = world.units.map { world.cast($0) }
        let grades = zip(casts, world.units).map { world.annualGrades(of: $0, in: $1) }
        var (graded, excellent): ([String: Int], [String: Int]) = ([:], [:])
        var all: [AppraisalGrade: Int] = [:]
        var (twice, years): (Int, Set<Int>) = (0, [])
        for (cast, lists) in zip(casts, grades) {
            for (cadre, list) in zip(cast, lists) {
                for grade in list {
                    let unit = try #require(cadre.tenure(on: grade.date)?.unit)
                    graded["\(unit)/\(grade.year)", default: 0] += 1
                    if grade.grade == .excellent { excellent["\(unit)/\(grade.year)", default: 0] += 1 }
                    all[grade.grade, default: 0] += 1
                    years.insert(grade.year)
                }
                if zip(list, list.dropFirst()).contains(where: { $0.grade == .basicallyCompetent && $1.grade == .basicallyCompetent }) { twice += 1 }
            }
        }
        let over = excellent.filter { key, count in 5 * count > graded[key] ?? 0 }
        #expect(over.keys.sorted() == ["\(try #require(world.generousUnit))/2025"])
        #expect(years == [2023, 2024, 2025])
        #expect(all[.incompetent] ?? 0 > 5)
        #expect(all[.excellent] ?? 0 > 500)
        #expect(twice > 5)
    }

    @Test func someCameToTheirPostsLately() throws {
        let world = try World(SharedWorld.parameters(cadres: 1000, months: 24))
        let members = world.units.flatMap { world.cast($0) }
        let fresh = members.filter { $0.present.start > world.parameters.end.adding(months: -6) }.count
        #expect((40...250).contains(fresh))
        #expect(members.contains { $0.tenures.contains { $0.seat.title.hasSuffix("工委书记") || $0.seat.title == "党委书记" } })
        #expect(Set(members.map(\.status)).count >= 3)
        #expect(members.flatMap(\.absences).contains { !$0.approved && $0.kind != .annual })
    }
}
