import Statistics
import Warehouse

extension Funnel {
    /// Where a unit lies, and between which limits units of its size do; empty where there was nothing to measure.
    func reading(_ count: Int, of size: Double) throws -> FunnelReading {
        guard let z = try z(Double(count), of: size), let narrow = try limits(size: size, level: 0.95), let wide = try limits(size: size, level: 0.998),
            let inner = normalQuantile(0.975), let outer = normalQuantile(0.999)
        else { return FunnelReading() }
        let place: FunnelPlace =
            switch z {
            case ..<(-outer): .below998
            case ..<(-inner): .below95
            case ...inner: .within
            case ...outer: .above95
            default: .above998
            }
        return FunnelReading(
            expected: target, lower95: narrow.lower, upper95: narrow.upper, lower998: wide.lower, upper998: wide.upper, place: place)
    }
}
