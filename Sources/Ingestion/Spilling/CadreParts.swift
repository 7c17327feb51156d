/// All cadres in parts of neighbours: what rows come to is put in order, and written, one part at a time.
struct CadreParts: Equatable, Sendable {
    /// A part of fewer cadres is hardly less memory.
    private static let leastBits = 10
    /// At most so many parts, each of which has a piece in memory while rows are read.
    private static let most = 128

    private let cadres: Int
    private let bits: Int

    /// - Parameter cadres: How many there are.
    init(cadres: Int) {
        self.cadres = cadres
        var bits = CadreParts.leastBits
        while (cadres + 1 << bits - 1) >> bits > CadreParts.most { bits += 1 }
        self.bits = bits
    }

    var count: Int { (cadres + 1 << bits - 1) >> bits }
    var cadresInPart: Int { 1 << bits }

    /// The part of the cadre at a place.
    @inline(__always)
    func part(of cadre: Int32) -> Int { Int(cadre) >> bits }

    /// The places of the cadres of a part.
    subscript(part: Int) -> Range<Int> { part << bits..<min((part + 1) << bits, cadres) }
}
