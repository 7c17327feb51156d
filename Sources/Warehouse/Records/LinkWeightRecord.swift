/// One level of one comparison of the linkage: how often it occurs among matches and among others, and what it weighs.
public struct LinkWeightRecord: Record, Hashable {
    public static let table = "link_weights"
    public static let columns = ["comparison", "level", "number", "m", "u", "bits", "pairs"]
    public static let order = "number"

    /// `unit`, `name`, `post`, `date`; `prior` for what is known before anything is compared.
    public var comparison: String
    /// The level's code.
    public var level: String
    /// Its place in the table, from 1.
    public var number: Int
    /// P(level | the target is this cadre).
    public var m: Double
    /// P(level | it is another).
    public var u: Double
    /// log₂(m/u).
    public var bits: Double
    /// Candidate pairs of the level; of the prior, targets.
    public var pairs: Int

    /// A row with these values.
    public init(comparison: String, level: String, number: Int, m: Double, u: Double, bits: Double, pairs: Int) {
        self.comparison = comparison
        self.level = level
        self.number = number
        self.m = m
        self.u = u
        self.bits = bits
        self.pairs = pairs
    }

    public func write(to row: inout RowWriter) {
        row.text(comparison)
        row.text(level)
        row.integer(number)
        row.real(m)
        row.real(u)
        row.real(bits)
        row.integer(pairs)
    }

    public init(from row: inout RowReader) throws(WarehouseError) {
        comparison = try row.text()
        level = try row.text()
        number = try row.integer()
        m = try row.real()
        u = try row.real()
        bits = try row.real()
        pairs = try row.integer()
    }
}
