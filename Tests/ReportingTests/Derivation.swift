/// What a reader can work out by adding and subtracting: the test's own linear algebra, written apart from the code's.
struct Derivation {
    /// Each equation: coefficients by unknown or known number; they sum to zero.
    var equations: [[Int: Double]] = []

    mutating func add(total: Int, parts: [Int]) {
        var row: [Int: Double] = [:]
        row[total, default: 0] -= 1
        for part in parts { row[part, default: 0] += 1 }
        equations.append(row)
    }

    /// Unknown numbers that the equations determine: those whose own unit vector raises no rank.
    func determined(unknown: [Int]) -> [Int] {
        let place = Dictionary(uniqueKeysWithValues: unknown.enumerated().map { ($0.element, $0.offset) })
        var rows = equations.map { row in
            var dense = [Double](repeating: 0, count: unknown.count)
            for (number, coefficient) in row { if let column = place[number] { dense[column] = coefficient } }
            return dense
        }
        var rank = 0
        var leads: [Int] = []
        for column in unknown.indices {
            guard let pivot = (rank..<rows.count).first(where: { rows[$0][column].magnitude > 1e-9 }) else { continue }
            rows.swapAt(rank, pivot)
            let lead = rows[rank][column]
            for index in rows[rank].indices { rows[rank][index] /= lead }
            for other in rows.indices where other != rank && rows[other][column].magnitude > 1e-9 {
                let factor = rows[other][column]
                for index in rows[other].indices { rows[other][index] -= factor * rows[rank][index] }
            }
            leads.append(column)
            rank += 1
            if rank == rows.count { break }
        }
        return zip(leads, rows).filter { _, row in row.count { $0.magnitude > 1e-9 } == 1 }.map { unknown[$0.0] }
    }
}

/// Numbers that come out the same on every run.
struct Lot: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) ^ (state << 31)
    }
}
