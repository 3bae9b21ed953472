package dev.triggers.client;

import java.math.BigDecimal;

/** A number of JSON that is no {@code long}, exactly as it stood there. */
public final class JsonNumber extends Number {

    private static final long serialVersionUID = 1L;

    private final String text;

    JsonNumber(String text) {
        this.text = text;
    }

    /** The exact value; a huge one costs what its exponent says. */
    public BigDecimal decimalValue() {
        return new BigDecimal(this.text);
    }

    @Override
    public int intValue() {
        return (int) doubleValue();
    }

    @Override
    public long longValue() {
        return (long) doubleValue();
    }

    @Override
    public float floatValue() {
        return Float.parseFloat(this.text);
    }

    @Override
    public double doubleValue() {
        return Double.parseDouble(this.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonNumber number && this.text.equals(number.text);
    }

    @Override
    public int hashCode() {
        return this.text.hashCode();
    }

    @Override
    public String toString() {
        return this.text;
    }

}
