package swish;

import dev.chainrule.testkit.Contracts;
import org.junit.jupiter.api.Test;

class SwishTests {
    @Test
    void swish_withItsDefaults_keepsTheContract() {
        Contracts.assertHolds(new Swish(1));
    }
}
