/// A log as columns, but for its keys: most of its numbers are small, or the same all through a part.
extension WrittenLog {
    func store(in writer: inout PartWriter) {
        targets.store(in: &writer)
        writer.put(counts.count)
        writer.put(column: counts) { Int64($0.target) }
        writer.put(column: counts) { Int64($0.day) }
        writer.put(column: counts) { Int64($0.month) }
        writer.put(column: counts) { Int64($0.bank) }
        writer.put(column: counts) { Int64($0.measures) }
        writer.put(values.count)
        writer.put(column: values) { $0.value }
        writer.put(column: values) { Int64($0.target) }
        writer.put(column: values) { Int64($0.day) }
        writer.put(column: values) { Int64($0.month) }
        writer.put(column: values) { Int64($0.measure) }
        raters.store(in: &writer)
        writer.put(marks.count)
        writer.put(column: marks) { Int64($0.target) }
        writer.put(column: marks) { Int64($0.day) }
        writer.put(column: marks) { Int64($0.value) }
        writer.put(column: marks) { Int64($0.month) }
        writer.put(column: marks) { Int64($0.measure) }
        writer.put(sightings.count)
        writer.put(column: sightings) { Int64($0.target) }
        writer.put(column: sightings) { Int64($0.day) }
        writer.put(column: sightings) { Int64($0.firstLine) }
        writer.put(column: sightings) { Int64($0.rows) }
        writer.put(abouts.count)
        writer.put(column: abouts) { Int64($0.target) }
        writer.put(column: abouts) { Int64($0.day) }
        evidence.store(in: &writer)
        writer.put(Int(newestDay))
        writer.put(daysToCome.sorted())
        writer.put(undatedRows)
    }

    /// - Parameter file: The number that the file has tonight.
    init(withoutKeysFrom reader: inout PartReader, file: Int32) throws(PartReader.Fault) {
        targets = try TargetList(from: &reader)
        counts = try reader.entries(5) { row in
            Count(
                target: Int32(truncatingIfNeeded: row[0]), day: Int32(truncatingIfNeeded: row[1]), month: Int16(truncatingIfNeeded: row[2]),
                bank: Int16(truncatingIfNeeded: row[3]), measures: UInt32(truncatingIfNeeded: row[4]))
        }
        values = try reader.entries(5) { row in
            Value(
                value: row[0], target: Int32(truncatingIfNeeded: row[1]), day: Int32(truncatingIfNeeded: row[2]), month: Int32(truncatingIfNeeded: row[3]),
                measure: Int32(truncatingIfNeeded: row[4]))
        }
        raters = try TargetList(from: &reader)
        marks = try reader.entries(5) { row in
            Mark(
                target: Int32(truncatingIfNeeded: row[0]), day: Int32(truncatingIfNeeded: row[1]), value: Int32(truncatingIfNeeded: row[2]),
                month: Int16(truncatingIfNeeded: row[3]), measure: Int16(truncatingIfNeeded: row[4]))
        }
        guard marks.count == raters.count else { throw PartReader.Fault() }
        sightings = try reader.entries(4) { row in
            Sighting(
                target: Int32(truncatingIfNeeded: row[0]), day: Int32(truncatingIfNeeded: row[1]), firstLine: Int32(truncatingIfNeeded: row[2]),
                rows: Int32(truncatingIfNeeded: row[3]))
        }
        abouts = try reader.entries(2) { row in About(target: Int32(truncatingIfNeeded: row[0]), day: Int32(truncatingIfNeeded: row[1])) }
        evidence = try EvidenceLog(from: &reader, file: file)
        newestDay = Int32(truncatingIfNeeded: try reader.number())
        daysToCome = Set(try reader.entries(of: Int32.self))
        undatedRows = try reader.number()
    }
}
