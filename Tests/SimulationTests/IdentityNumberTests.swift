import PipelineModel
import Testing

@testable import Simulation

@Suite struct IdentityNumberTests {
    /// The two examples of GB 11643-1999 itself.
    @Test(arguments: [("11010519491231002", "X"), ("44052418800101001", "4")])
    func checkCharactersFollowTheStandard(body: String, check: String) {
        #expect(String(IdentityNumbers.checkCharacter(of: body)) == check)
    }

    @Test func everyDigitIsGuarded() throws {
        let birth = try #require(CalendarDate(year: 1975, month: 12, day: 5))
        let number = IdentityNumbers.number(birth: birth, sequence: 7)
        #expect(number.hasPrefix("33039919751205007"))
        #expect(number.utf8.count == 18)
        for place in 0..<17 {
            var digits = Array(number)
            digits[place] = digits[place] == "9" ? "0" : Character(String((digits[place].wholeNumberValue ?? 0) + 1))
            #expect(IdentityNumbers.checkCharacter(of: String(digits.dropLast())) != digits[17])
        }
        let spoiled = IdentityNumbers.spoiled(number)
        #expect(spoiled != number)
        #expect(spoiled.dropLast() == number.dropLast())
    }
}
