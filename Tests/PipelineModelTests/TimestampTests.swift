import PipelineModel
import Testing

@Suite("Times are written and read") struct TimestampTests {
    @Test(
        "days and times are written as their descriptions",
        arguments: ["1900-01-01T00:00:00", "1999-12-31T23:59:59", "2024-02-29T09:05:07", "2100-12-31T12:00:00", "9999-12-31T23:59:59"])
    func times(iso: String) throws {
        let time = try #require(Timestamp(iso: iso))
        #expect(time.description == iso)
        #expect(Timestamp(iso: iso.replacing("T", with: " ")) == time)
        let written = [UInt8](unsafeUninitializedCapacity: 19) { bytes, count in count = time.writeISO(to: bytes) ? 19 : 0 }
        #expect(String(decoding: written, as: UTF8.self) == iso)
        let day = [UInt8](unsafeUninitializedCapacity: 10) { bytes, count in count = time.date.writeISO(to: bytes) ? 10 : 0 }
        #expect(String(decoding: day, as: UTF8.self) == iso.prefix(10))
    }

    @Test(
        "what is no time is none",
        arguments: [
            "2024-02-29", "2024-02-29T24:00:00", "2024-02-29T09:60:00", "2024-02-29T09:05:60", "2024-02-30T09:05:07", "2024-02-29T+9:05:07",
            "2024-02-29x09:05:07", "2024-02-29T09-05-07",
        ])
    func noTimes(text: String) { #expect(Timestamp(iso: text) == nil) }

    @Test("a year of five digits is described, and not written in place")
    func farDays() {
        let day = CalendarDate(dayNumber: 3_000_000)
        #expect(Timestamp(day, secondOfDay: 3661).description == "\(day)T01:01:01")
        let written = [UInt8](unsafeUninitializedCapacity: 19) { bytes, count in count = Timestamp(day).writeISO(to: bytes) ? 19 : 0 }
        #expect(written.isEmpty)
    }
}
