import PipelineModel
import Testing

@Suite struct CalendarDateTests {
    @Test("every day of four centuries comes back from its text")
    func roundTrip() {
        var wrong: [Int32] = []
        for dayNumber in stride(from: Int32(-80_000), through: 80_000, by: 1) {
            let date = CalendarDate(dayNumber: dayNumber)
            if CalendarDate(iso: date.description) != date { wrong.append(dayNumber) }
        }
        #expect(wrong.isEmpty)
        #expect(CalendarDate(dayNumber: 0).description == "1970-01-01")
        #expect(CalendarDate(iso: "0001-01-01")?.description == "0001-01-01")
        #expect(CalendarDate(iso: "9999-12-31")?.description == "9999-12-31")
    }

    @Test(
        "anything else is no day",
        arguments: [
            "", "2025", "2025-11", "2025-11-3", "2025-1-03", "25-11-03", "2025-11-031", "2025/11/03", "2025-11-03 ", " 2025-11-03", "2025-02-30", "2025-13-01",
            "2025-00-10", "2025-10-00", "0000-01-01", "+025-11-03", "2025-+1-03", "２０２５-11-03", "2025-11-0x", "2025--1-03",
        ])
    func refused(text: String) {
        #expect(CalendarDate(iso: text) == nil)
        #expect(CalendarDate(iso: Substring(text)) == nil)
        #expect(Array(text.utf8).withUnsafeBufferPointer { CalendarDate(iso: $0) } == nil)
    }
}
