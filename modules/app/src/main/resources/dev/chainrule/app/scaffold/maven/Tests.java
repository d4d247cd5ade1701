package @package@;

import dev.chainrule.testkit.Contracts;
import org.junit.jupiter.api.Test;

class @Name@Tests {
    @Test
    void @name@_withItsDefaults_keepsTheContract() {
        Contracts.assertHolds(@example@);
    }
}
