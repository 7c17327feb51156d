import Statistics
import Testing

@Suite struct StudentTests {
    /// Abramowitz & Stegun 1964, table 26.10.
    @Test(
        "quantiles are those of the published table",
        arguments: [(0.975, 1, 12.706), (0.95, 4, 2.132), (0.975, 4, 2.776), (0.975, 30, 2.042), (0.995, 9, 3.250), (0.975, 120, 1.980)])
    func published(probability: Double, degrees: Double, value: Double) throws {
        #expect(abs(try #require(studentQuantile(probability, degreesOfFreedom: degrees)) - value) < 5e-4)
        #expect(abs(try #require(studentQuantile(1 - probability, degreesOfFreedom: degrees)) + value) < 5e-4)
    }

    @Test("outside its domain it has no value, and its median is zero")
    func domain() {
        #expect(studentQuantile(0.5, degreesOfFreedom: 3) == 0)
        for (probability, degrees) in [(0, 3), (1, 3), (0.9, 0), (.nan, 3), (0.9, .infinity)] as [(Double, Double)] {
            #expect(studentQuantile(probability, degreesOfFreedom: degrees) == nil)
        }
    }
}
