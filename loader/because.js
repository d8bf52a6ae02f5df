/** An error that the element reports to the portal under its own reason. */
export const because = (reason, message) => Object.assign(new Error(message), { name: reason });
