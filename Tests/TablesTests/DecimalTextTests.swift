import Foundation
import Testing

@testable import Tables

@Suite("Decimals")
struct DecimalTextTests {
    private func text(_ value: Double, _ places: Int) -> String {
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: DecimalText.room(for: value)) { DecimalText.append(value, places: places, to: &$0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "are rounded from the exact value, half to even, and zero has no sign",
        arguments: [
            (0, 2, "0.00"), (-0.0, 2, "0.00"), (-0.001, 2, "0.00"), (-0.004999, 2, "0.00"), (-0.006, 2, "-0.01"), (0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"),
            (0.125, 2, "0.12"), (0.375, 2, "0.38"), (2.675, 2, "2.67"), (0.1, 17, "0.10000000000000001"), (99.995, 2, "100.00"),
            (1e15, 3, "1000000000000000.000"),
            (.leastNonzeroMagnitude, 3, "0.000"), (1.25, 99, "1.25000000000000000"), (1.5, -3, "2"), (1e300, 0, "1" + String(repeating: "0", count: 300)),
            (-1.25e40, 1, "-125" + String(repeating: "0", count: 38) + ".0"),
        ] as [(Double, Int, String)])
    func areExact(value: Double, places: Int, expected: String) {
        #expect(text(value, places) == expected)
    }

    /// What `printf` makes of it: tests run in the plain locale.
    private func printed(_ value: Double, _ places: Int) -> String {
        var bytes = [CChar](repeating: 0, count: 400)
        let count = withVaList([value]) { vsnprintf(&bytes, bytes.count, "%.\(places)f", $0) }
        return String(decoding: bytes[..<Int(count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    @Test("agree with the C library in its plain locale")
    func agreeWithC() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            let value = Double(Int.random(in: -1_000_000...1_000_000, using: &random)) * pow(10, Double(Int.random(in: -12...30, using: &random)))
            let places = Int.random(in: 0...17, using: &random)
            var expected = printed(value, places)
            if expected.allSatisfy({ "-0.".contains($0) }) { expected = String(expected.drop { $0 == "-" }) }
            #expect(text(value, places) == expected, "\(value) \(places)")
        }
    }

    @Test("of any size read back as the same number")
    func readBack() {
        for exponent in 39...308 {
            let value = 1.2345678901234567 * pow(10, Double(exponent))
            #expect(!value.isFinite || Double(text(value, 0)) == value)
        }
    }
}
