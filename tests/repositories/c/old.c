/* What older code and libraries write: the words of macros, and parameters declared behind the list. */
typedef int (API_PTR *PFN_price)(int cart, const Item* item);
//                    ^ definition type
API_ATTR Result API_CALL priceOf(
    int cart,
    const Item* item);
API_ATTR Result API_CALL sumUp(int cart) { int local; return local; }
//                       ^ definition function

private int opened = 0;
//          ^ definition variable

char *describe(cart, price)
//    ^ definition function
    char *cart; /* its name */
    int price, (*rounded)();
{
    register char *text;
    return text;
}

count(cart) CART *cart; {
// <- definition function
    register int found;
    return found;
}
