/// The characters of two bytes in GB18030, which are nearly all that Chinese text has, as iconv has them: looked up, not converted one call at a time.
struct GB18030Table: Sendable {
    /// How far the bytes that the table knows reach.
    struct Progress {
        let read: Int
        let written: Int
    }

    private static let firstLead: UInt8 = 0x81
    private static let firstTrail: UInt8 = 0x40
    private static let trails = 0xFF - Int(firstTrail)

    /// By lead and trail byte: the three bytes of the character in UTF-8, the first one lowest; 0 where iconv has none, or one of another length.
    private let characters: [UInt32]

    /// Asks iconv for every pair of bytes.
    init(_ converter: EncodingConverter) {
        var characters = [UInt32](repeating: 0, count: (0xFF - Int(Self.firstLead)) * Self.trails)
        let pair = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2)
        let made = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 8)
        made.initialize(repeating: 0)
        defer {
            pair.deallocate()
            made.deallocate()
        }
        for lead in Self.firstLead...0xFE {
            for trail in Self.firstTrail...0xFE {
                pair.initialize(repeating: lead)
                pair[1] = trail
                guard case .done(2, 3) = converter.convert(UnsafeBufferPointer(pair), into: made) else { continue }
                characters[Self.place(lead, trail)] = UInt32(made[0]) | UInt32(made[1]) << 8 | UInt32(made[2]) << 16
            }
        }
        self.characters = characters
    }

    /// Converts ASCII and characters of two bytes, up to the first byte that is or may be something else. The output has room for all.
    func convert(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) -> Progress {
        guard let from = input.baseAddress, let to = output.baseAddress else { return Progress(read: 0, written: 0) }
        var (read, written) = (0, 0)
        characters.withUnsafeBufferPointer { characters in
            while read < input.count {
                while read + 8 <= input.count {
                    let word = UnsafeRawPointer(from + read).loadUnaligned(as: UInt64.self)
                    guard word & 0x8080_8080_8080_8080 == 0 else { break }
                    UnsafeMutableRawPointer(to + written).storeBytes(of: word, as: UInt64.self)
                    read += 8
                    written += 8
                }
                guard read < input.count else { return }
                let lead = from[read]
                if lead < 0x80 {
                    to[written] = lead
                    read += 1
                    written += 1
                    continue
                }
                guard lead >= Self.firstLead, lead < 0xFF, read + 1 < input.count else { return }
                let trail = from[read + 1]
                guard trail >= Self.firstTrail, trail < 0xFF else { return }
                let character = characters[Self.place(lead, trail)]
                if character == 0 { return }
                to[written] = UInt8(truncatingIfNeeded: character)
                to[written + 1] = UInt8(truncatingIfNeeded: character >> 8)
                to[written + 2] = UInt8(truncatingIfNeeded: character >> 16)
                read += 2
                written += 3
            }
        }
        return Progress(read: read, written: written)
    }

    private static func place(_ lead: UInt8, _ trail: UInt8) -> Int { Int(lead - firstLead) * trails + Int(trail - firstTrail) }

    /// Made once; `nil` where the C library lacks its conversion modules.
    static let shared = EncodingConverter(from: "GB18030", to: "UTF-8").map(GB18030Table.init)
}
